"""The pages of governing documents."""
