"""What the pages of groups show, decided here and not in their templates."""
