"""The only write path for readers, concerns and what readers do with them."""
