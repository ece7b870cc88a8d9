"""Who may continue with a file of numbers."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from measures.importing.models import ImportDraft
from measures.numbers.rules import recording


def importing(draft: ImportDraft, by: Member) -> Refusal | None:
    """Continuing with an uploaded file: whoever uploaded it, once."""
    if draft.used_on is not None:
        return Refusal(_("This file has been imported."), _("Its numbers are on the chart."))
    if refusal := following(draft, by):
        return refusal
    if draft.asked_at is not None:
        return Refusal(_("This file is being imported now."), _("Wait until it is done."))
    return recording(draft.measure, by)


def following(draft: ImportDraft, by: Member) -> Refusal | None:
    """Following an import: whoever uploaded the file."""
    if draft.uploaded_by_id != by.pk:
        return Refusal(
            _("Only the person who brought this file can import it."), _("Bring your own copy.")
        )
    return None
