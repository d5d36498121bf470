"""The life of a field report: states and what it counts for in the indicators."""
