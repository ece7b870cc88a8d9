"""Help by role: what a person in each role does, on one page each."""
