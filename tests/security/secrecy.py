"""What people of the twin worlds keep to themselves, and which of it a world has asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Secrets:
    """Whether each secret is as given, or its alternative.

    Each has people of its own. What everybody may read is the same in both worlds: where a count of
    answers is shown, another person answers the opposite way.
    """

    standing: bool = True
    """Xenia uses services; or she provides them."""
    pay: bool = True
    """Wim accepts the pay he is offered; or he declines it."""
    ballots: bool = True
    """How Yan and Vic vote by each ranking method; or swapped."""
    survey: bool = True
    """How Sam and Ulf answer the survey; or swapped."""
    closing: bool = True
    """How Sam and Ulf, and Pete and Quinn, answer after a session; or swapped."""
    ratings: bool = True
    """Pete finds everything in the process description; or one item is missing.

    In the mission, Tia misses what Vic finds; or the other way round.
    """
    words: bool = True
    """Tia said something unsigned; or Ulf did."""
    contact: bool = True
    """Sam asks Faye to be contacted; or nobody does."""
    offer: bool = True
    """Zed declines the seat he is offered; or he has not answered."""
    consents: bool = True
    """Ines and Vic let their small group know who leads it and who uses services; or not."""
    apart: bool = True
    """Yan must meet neither Hal nor Jan, who is asked to sit where Yan sits; or no order exists."""


BASE = Secrets()
SECRETS = tuple(each.name for each in fields(Secrets))


def other(*same: str) -> Secrets:
    """The world in which everything but this is swapped."""
    return replace(BASE, **{name: False for name in SECRETS if name not in same})


class Asked:
    """Secrets that know which of them a world asked for so far."""

    def __init__(self, secrets: Secrets, so_far: Iterable[str] = ()) -> None:
        self._secrets, self.so_far = secrets, {*so_far}

    def __getattr__(self, secret: str) -> bool:
        answer: bool = getattr(self._secrets, secret)
        self.so_far.add(secret)
        return answer
