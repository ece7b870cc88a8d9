"""Django's PostgreSQL backend for tests, with a flush by the owner."""
