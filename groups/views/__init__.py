"""The pages of groups: people, meetings, decisions."""
