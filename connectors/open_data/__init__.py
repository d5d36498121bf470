"""Open data over HTTP: daily counts with small cells hidden, for anyone, as CSV and JSON with their dictionary."""
