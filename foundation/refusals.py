"""Refusals: why something is not allowed, in plain words, and what to do instead."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """Why this person may not do something now."""

    reason: str | Promise
    instead: str | Promise = ""
    # Where it can be mended by those who meet this refusal, and the words of the link.
    href: str = ""
    link: str | Promise = ""


class Refused(PermissionDenied):
    """Raised by `enforce`; shown as a 403 page with the refusal's own words."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal.reason))
        self.refusal = refusal


def enforce(refusal: Refusal | None) -> None:
    """Raise `Refused` if the rule returned a refusal."""
    if refusal is not None:
        raise Refused(refusal)
