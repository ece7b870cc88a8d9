"""`python3 run.py bench`: what pages, nights and files cost, in figures of one run."""
