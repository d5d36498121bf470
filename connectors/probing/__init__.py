"""The prober: HTTP, TCP, TLS and DNS for systems that cannot push; what it sees goes to the gateway as pings."""
