"""Notes about forms W-9 in words."""

from django.utils.translation import gettext as _

from compensation.taxforms.models import TaxFormNote, TaxFormState
from foundation.presenting import written


def noted(note: TaxFormNote | None) -> str:
    """Whether the form was asked for or came, and when."""
    if note is None:
        return _("Not asked for yet.")
    day = {"day": written(note.on)}
    if note.state == TaxFormState.RECEIVED:
        return _("Received on %(day)s.") % day
    return _("Asked for on %(day)s.") % day
