"""PostgreSQL and Valkey from their wheels, started by us; nothing needs installing."""
