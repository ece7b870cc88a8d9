"""A fictional agency with a year and a half of life, made through the product's own actions."""
