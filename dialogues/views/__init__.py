"""Pages of dialogues: inside the agency, and open to whoever has an address for their words."""
