"""The life of a system's checks: what their pings say, and for how long."""
