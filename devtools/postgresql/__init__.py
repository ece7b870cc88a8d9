"""PostgreSQL for tests: Django's, but transactional tests are flushed by the owner."""
