"""Protection against overwriting somebody else's change unseen."""

from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Versioned(Protocol):
    version: int


def same(row: Versioned, version: int | None) -> None:
    """Raise ValidationError unless the (locked) row is still the version that was shown."""
    if version is not None and version != row.version:
        raise ValidationError(
            _("Somebody changed this while you were writing. Open the page again to see it.")
        )


def required(**fields: str) -> None:
    """Raise ValidationError for blank texts."""
    missing = {name: _("Please fill this in.") for name, text in fields.items() if not text.strip()}
    if missing:
        raise ValidationError(missing)
