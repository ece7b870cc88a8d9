"""An agency's own indicators, which a higher app works out, for what reviews freeze."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from accounts.models import Member
from accounts.permissions import Permission
from foundation.models import Agency


@dataclass(frozen=True)
class OwnIndicator:
    """How one stands on a day, in words that name nobody.

    `everybody`: whoever sees the dashboard may see it; else the committee and administrators.
    """

    name: str
    goal: str
    status: str
    value: str
    said: str
    everybody: bool


Reading = Callable[[Agency, date], list[OwnIndicator]]
_readings: list[Reading] = []


def register(reading: Reading) -> None:
    _readings.append(reading)


def own_indicators(agency: Agency, on: date) -> list[OwnIndicator]:
    """All that count on a day, by name, whoever may see them."""
    return [each for reading in _readings for each in reading(agency, on)]


def seeing(reader: Member, *, everybody: bool) -> bool:
    """Whether this reader may know of one for everybody, or for the committee."""
    return everybody or reader.may(Permission.OVERSEE) or reader.may(Permission.MANAGE_SETTINGS)
