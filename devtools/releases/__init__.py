"""What a release contains, and whether a database that began with it becomes today's."""
