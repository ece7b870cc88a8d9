"""What a denial is about, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import access, activity, changes
from accounts.models import Member
from foundation.models import Agency
from privacy.denials.models import Denial, DeniedKind


@dataclass(frozen=True)
class Denied:
    """An entry that somebody says was not right, and the answer they got."""

    pk: int
    words: str
    state: str


def denied(denial: Denial) -> Denied:
    """For rows with `accused` at hand."""
    return Denied(denial.pk, told_of(denial), _state(denial))


def told_of(denial: Denial) -> str:
    return sentence(denial.agency, denial.kind, denial.what, denial.happened_at, denial.accused)


def sentence(agency: Agency, kind: str, what: str, at: datetime, who: Member | None) -> str:
    """What happened, as the person concerned reads it."""
    day = date_format(at.astimezone(agency.zone), "F j, Y")
    if kind == DeniedKind.LOOK:
        return access.sentence(what, who=str(who), day=day, times=1)
    if kind == DeniedKind.ENTRY:
        told = {"day": day, "who": who, "what": activity.plain_words(what)}
        return _("%(day)s: %(who)s %(what)s, for you.") % told
    if who is None:
        return _("%(day)s: %(what)s") % {"day": day, "what": changes.words(what)}
    told = {"day": day, "who": who, "what": changes.words(what)}
    return _("%(day)s: %(what)s %(who)s did this.") % told


def _state(denial: Denial) -> str:
    if denial.answered_at is None:
        return _("Not answered yet")
    day = date_format(denial.answered_at.astimezone(denial.agency.zone), "F j, Y")
    return _("Answered on %(day)s") % {"day": day}
