"""Who may set words aside, for how long, and how their author answers."""
