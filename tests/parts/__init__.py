"""Real Apache Kafka and TimescaleDB on this machine, without Docker: for tests, benchmarks and trying things by hand.

``python -m tests.parts up|down|status|run [--dir DIR]``. Everything lives under DIR; each DIR has ports of its own, so
several can live side by side. Packages come from Debian and Maven Central through apt-get, debootstrap and mvn.
"""
