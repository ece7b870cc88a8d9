"""Many people at once on the shipped web servers: how long their pages take."""
