"""The form people sign as files: a workbook and a page to print."""
