"""A fictional agency with eighteen months of history, made with the product's own actions."""
