"""Alerts: rules find what is wrong, a life cycle says whom to tell and when (DOMAIN §5)."""
