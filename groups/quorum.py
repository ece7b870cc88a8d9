"""How many consumers make a quorum."""

from groups.policies import QUORUM


def consumers_needed(seated: int) -> int:
    """Of so many consumers who have a vote: two, or all where there are fewer, but never none."""
    return max(1, min(QUORUM.value, seated))
