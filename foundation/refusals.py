"""A refusal says why, in plain words, and what the person can do instead."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done now by this person."""

    reason: str | Promise
    instead: str | Promise = ""


class Refused(PermissionDenied):
    """Raised by `enforce`; shown as a 403 page with the refusal's own words."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal.reason))
        self.refusal = refusal


def enforce(refusal: Refusal | None) -> None:
    """Raise `Refused` unless the rule had nothing against it."""
    if refusal is not None:
        raise Refused(refusal)
