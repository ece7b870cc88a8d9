"""What developing, testing and showing the portal needs; the product never imports it."""
