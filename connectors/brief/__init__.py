"""The daily brief (bản tin giao ban) as a page to print and as text."""
