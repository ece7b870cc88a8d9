"""How many consumers make a quorum."""

from groups.policies import QUORUM


def consumers_needed(seated: int) -> int:
    """The consumers required of this many voting ones: two, or all if fewer, but at least one."""
    return max(1, min(QUORUM.value, seated))
