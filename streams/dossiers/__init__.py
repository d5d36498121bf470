"""The life of an administrative dossier: states, due dates and what it counts for in the indicators."""
