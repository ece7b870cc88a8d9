"""Who makes a quorum: enough consumers everywhere, and what a group's charter asks beyond that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from foundation.models import Agency
from groups.policies import QUORUM


@dataclass(frozen=True)
class AskedQuorum:
    """What a charter asks for: a share of those with a vote, and a number of consumers."""

    percent: int = 0
    consumers: int = 0

    def members_needed(self, voting: int) -> int:
        """How many of these voting members have to take part; rounded up."""
        return -(-self.percent * voting // 100)


NOTHING_ASKED = AskedQuorum()
_charters: dict[str, Callable[[Agency, date], AskedQuorum]] = {}


def register(kind: str, asked: Callable[[Agency, date], AskedQuorum]) -> None:
    """Let groups of this kind ask for the quorum of the charter in force on a day."""
    _charters[kind] = asked


def asked_of(kind: str, agency: Agency, on: date) -> AskedQuorum:
    """What groups of this kind ask for on that day, beyond what every group does."""
    asked = _charters.get(kind)
    return asked(agency, on) if asked is not None else NOTHING_ASKED


def consumers_needed(seated: int, asked: int = 0) -> int:
    """The consumers required of this many voting ones: two, or all if fewer, but at least one.

    `asked`: how many a charter asks for; fewer than two change nothing.
    """
    return max(1, min(max(QUORUM.value, asked), seated))
