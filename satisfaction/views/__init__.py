"""Pages of the survey: inside the agency, and open to whoever has a code."""
