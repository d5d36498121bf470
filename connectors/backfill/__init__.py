"""History into Kafka: files of events, or of rows that a mapping turns into events."""
