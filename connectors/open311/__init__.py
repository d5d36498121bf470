"""Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2): citizens' apps file and follow field reports."""
