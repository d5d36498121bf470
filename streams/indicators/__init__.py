"""Indicators (KPI): a new one is one file here and one line in the registry."""
