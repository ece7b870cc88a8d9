"""Titles and addresses of reviews and recommendations, for those who may read them."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.permissions import Permission
from evidence import printed
from evidence.printed import PrintedSeal
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import Agency, TenantQuerySet
from foundation.presenting import written
from foundation.quarters import words
from groups.models import Meeting
from oversight import rules
from oversight.minutes_readers import readable
from oversight.models import (
    CommitteeStep,
    Finding,
    Recommendation,
    Review,
    StepKind,
    StepState,
)


def review(pk: int, reader: Member) -> Link | None:
    found = Review.objects.within(reader.agency).filter(pk=pk).first()
    if found is None or rules.reading_review(found, reader, rules.hat(reader)) is not None:
        return None
    return Link(words(found.since, found.until), at(reader.agency, "oversight:review", pk=pk))


def recommendations(ids: Collection[int], reader: Member) -> dict[int, Link]:
    rows = Recommendation.objects.within(reader.agency).select_related("finding__review")
    known: Iterable[Any] = rows.filter(pk__in=ids).annotate(
        seated=Exists(rules.committee_seats(reader))
    )
    return {
        row.pk: Link(
            f"{row.number}: {row.title}",
            at(reader.agency, "oversight:recommendation", pk=row.pk),
        )
        for row in known
        if rules.reading_recommendation(row, reader, rules.Hat(row.seated, False)) is None
    }


def finding(pk: int, reader: Member) -> Link | None:
    """The page of the finding's indicator in its review."""
    found = Finding.objects.within(reader.agency).filter(pk=pk).select_related("review").first()
    if found is None or review(found.review_id, reader) is None:
        return None
    url = at(reader.agency, "oversight:sign", pk=found.review_id, code=found.indicator)
    return Link(words(found.review.since, found.review.until), url)


def step(pk: int, reader: Member) -> Link | None:
    """What it is about: the recommendation, if there is one, else what was put to the committee."""
    found = _steps(reader).filter(pk=pk).select_related("meeting").first()
    if found is None:
        return None
    if found.recommendation_id is not None:
        return recommendations([found.recommendation_id], reader).get(found.recommendation_id)
    if found.review_id is not None:
        return review(found.review_id, reader)
    if found.meeting_id is not None:
        return _minutes_link(found.meeting, reader)
    return None if found.finding_id is None else finding(found.finding_id, reader)


def minutes(pk: int, reader: Member) -> Link | None:
    """The page of approved minutes."""
    found = readable(reader).filter(pk=pk).select_related("meeting").first()
    return None if found is None else _minutes_link(found.meeting, reader)


def _minutes_link(meeting: Meeting | None, reader: Member) -> Link | None:
    if meeting is None:
        return None
    title = _("Minutes of %(day)s") % {"day": written(meeting.on)}
    return Link(title, at(reader.agency, "oversight:minutes", pk=meeting.pk))


links.register("approved_minutes", minutes)
links.register("review", review)
links.register("finding", finding)
links.register("committee_step", step)
links.register_many("recommendation", recommendations)


def _over(review: str) -> Q:
    return Q(**{f"{review}closed_on__isnull": False})


def _reviews(reader: Member) -> TenantQuerySet[Review]:
    rows = Review.objects.within(reader.agency)
    if reader.may(Permission.OVERSEE):
        return rows
    return rows.filter(_over("") | Exists(rules.committee_seats(reader)))


def _findings(reader: Member) -> TenantQuerySet[Finding]:
    return Finding.objects.within(reader.agency).filter(review__in=_reviews(reader))


def _recommendations(reader: Member) -> TenantQuerySet[Recommendation]:
    rows = Recommendation.objects.within(reader.agency)
    if rules.reads_all(reader, rules.Hat(seated=False, voting=False)):
        return rows
    voted = Q(voted=True) | _over("finding__review__")
    return rows.filter(voted | Exists(rules.committee_seats(reader)))


def _steps(reader: Member) -> TenantQuerySet[CommitteeStep]:
    """What the committee decided is everybody's; until then, only the committee reads it.

    Minutes that it approved are read by whom its charter names.
    """
    rows = CommitteeStep.objects.within(reader.agency)
    if reader.may(Permission.OVERSEE):
        return rows
    decided = Q(state=StepState.DECIDED) & ~Q(kind=StepKind.MINUTES)
    decided |= Q(pk__in=readable(reader).values("step"))
    return rows.filter(decided | Exists(rules.committee_seats(reader)))


links.register_seen("approved_minutes", readable)
links.register_seen("review", _reviews)
links.register_seen("finding", _findings)
links.register_seen("committee_step", _steps)
links.register_seen("recommendation", _recommendations)


def _sealed(agency: Agency) -> list[PrintedSeal]:
    """The heads that closed reviews keep and print."""
    rows = Review.objects.within(agency).exclude(sealed_day=None)
    return [
        PrintedSeal(
            day,
            digest,
            pk,
            words(since, until),
            at(agency, "oversight:review", pk=pk),
        )
        for pk, since, until, day, digest in rows.values_list(
            "pk", "since", "until", "sealed_day", "sealed_digest"
        )
        if day is not None
    ]


printed.register(_sealed)
