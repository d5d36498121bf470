"""The HTTP door: CloudEvents in, Kafka out, every refusal a problem document."""
