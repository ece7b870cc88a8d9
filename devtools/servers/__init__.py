"""PostgreSQL and Valkey from their wheels, started by ourselves; nothing is to be installed."""
