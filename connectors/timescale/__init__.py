"""TimescaleDB, or plain PostgreSQL in the demo: positions, events, states, cells, and what reads them."""
