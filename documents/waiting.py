"""Waiting items: a version to rate, a document to review."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from documents.models import DocumentKind, Rating, Version, VersionQuerySet
from documents.policies import REVIEW, REVIEW_WARNING
from foundation.addresses import at
from foundation.months import months_later
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register


def _title() -> Case:
    """The document's name in the reader's language."""
    return Case(
        *(When(document__kind=kind.value, then=Value(str(kind.label))) for kind in DocumentKind),
        output_field=CharField(),
    )


def _to_rate(member: Member, on: date) -> WaitingRows | None:
    """Versions in force with a checklist, for committee and facilitators yet to rate them.

    A newer mission makes the process document wait for a rating again.
    """
    if not (member.may(Permission.OVERSEE) or member.may(Permission.FACILITATE)):
        return None
    current: VersionQuerySet = Version.objects.within(member.agency).in_force(on)
    mission = Version.objects.within(member.agency).of(DocumentKind.MISSION).in_force(on)
    rated = Rating.objects.within(member.agency).filter(rater=member)
    anew = Q(version__document__kind=DocumentKind.MISSION) | Q(mission__in=mission.values("pk"))
    versions = Version.objects.within(member.agency).filter(
        pk__in=current.values("pk"),
        document__kind__in=[DocumentKind.MISSION, DocumentKind.PROCESS],
    )
    return WaitingRows(
        versions.exclude(pk__in=rated.filter(anew).values("version")), label=_title()
    )


def _to_review(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    current: VersionQuerySet = Version.objects.within(member.agency).in_force(on)
    newer = Version.objects.within(member.agency).filter(in_force_on=None)
    soon = on + REVIEW_WARNING.span(member.agency, on)
    due = [
        Q(
            document__kind=kind,
            in_force_on__lte=months_later(soon, -months.value(member.agency, on)),
        )
        for kind, months in REVIEW.items()
    ]
    versions = Version.objects.within(member.agency).filter(
        reduce(or_, due), pk__in=current.values("pk")
    )
    return WaitingRows(versions.exclude(document__in=newer.values("document")), label=_title())


def _rate(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "documents:rate", pk=row.subject_id)


def _version(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "documents:version", pk=row.subject_id)


register(
    WaitingKind(
        code="documents.rate",
        area=Area.DOCUMENTS,
        title=_("Rate the document: %(label)s"),
        minutes=10,
        rows=_to_rate,
        url=_rate,
    )
)
register(
    WaitingKind(
        code="documents.review",
        area=Area.DOCUMENTS,
        title=_("Look at it again: %(label)s"),
        minutes=30,
        rows=_to_review,
        url=_version,
    )
)
