"""Kafka: fetches in through Faust, records out through an idempotent producer, topics, security."""
