"""Tools to develop, test and demonstrate the portal; the product never imports them."""
