"""Boards for Grafana, written by code: dataclasses, rendered once a language into the JSON that is committed.

Why not grafana-foundation-sdk (0.0.21): it is 11 MB, calls itself alpha, has no builder for the PostgreSQL data source,
writes a later schema than the Grafana of docker-compose.yml, and knows Grafana alone, while the wallboard is to draw
the same definitions (issue 5).
"""
