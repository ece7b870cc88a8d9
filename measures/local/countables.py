"""Meetings and dialogue sessions that an indicator of an agency's own can count."""

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from foundation.models import Agency, TenantQuerySet
from groups.models import GroupKind, Meeting, MeetingStatus
from measures.local.counting import Countable, register


def _held(agency: Agency) -> TenantQuerySet[Meeting]:
    rows = Meeting.objects.within(agency).filter(group__hidden=False)
    return rows.filter(status=MeetingStatus.HELD)


def _meetings(agency: Agency) -> TenantQuerySet[Meeting]:
    return _held(agency).exclude(group__kind=GroupKind.DIALOGUE)


def _sessions(agency: Agency) -> TenantQuerySet[Meeting]:
    return _held(agency).filter(group__kind=GroupKind.DIALOGUE)


register(
    Countable(
        "meetings",
        _("Meetings held"),
        _("A meeting"),
        Meeting.subject_code,
        _meetings,
        on="on",
        known=Coalesce("recorded_on", "on"),
    )
)
register(
    Countable(
        "sessions",
        _("Dialogue sessions held"),
        _("A session"),
        Meeting.subject_code,
        _sessions,
        on="on",
        known=Coalesce("recorded_on", "on"),
    )
)
