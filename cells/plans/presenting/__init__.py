"""What the pages of plans, steps and small tests show, decided here and not in their templates."""
