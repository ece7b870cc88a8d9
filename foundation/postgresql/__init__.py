"""The product's database backend: Django's, with the agency's setting, the pool and its check."""
