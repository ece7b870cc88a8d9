"""Reviews: opened over a frozen snapshot, filled with findings, put to the committee."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.quarters import quarter_of, words
from foundation.refusals import Refusal, enforce
from indicators.actions import freeze
from indicators.frozen import read
from oversight import rules
from oversight.actions.steps import prepare
from oversight.models import (
    Committee,
    CommitteeStep,
    Finding,
    FindingKind,
    Review,
    ReviewStatus,
    StepKind,
    StepState,
)
from oversight.recognizable import in_review


def locked_committee(by: Member) -> Committee:
    """The committee, locked against a simultaneous second review or number."""
    committees = Committee.objects.within(by.agency).current().select_for_update(of=("self",))
    committee = committees.first()
    if committee is None:
        enforce(
            Refusal(
                _("Your agency has no oversight committee yet."),
                _("An administrator can set it up."),
            )
        )
    assert committee is not None
    return committee


def locked_review(review: Review, by: Member) -> Review:
    return Review.objects.within(by.agency).select_for_update().get(pk=review.pk)


@transaction.atomic
def open_review(*, since: date, by: Member) -> Review:
    """Review the quarter that begins with `since`, over all indicators as of its last day.

    ValidationError: no quarter begins that day, it is not over, or it was reviewed already.
    """
    committee = locked_committee(by)
    reviews = Review.objects.within(by.agency)
    under_way = reviews.filter(status=ReviewStatus.OPEN).exists()
    enforce(rules.opening_review(by, rules.hat(by), under_way=under_way))
    quarter, today = quarter_of(since), by.agency.today()
    if since != quarter.since or not quarter.is_over(today):
        raise ValidationError({"since": _("Choose a quarter that is over.")})
    if reviews.filter(committee=committee, since=since).exists():
        raise ValidationError({"since": _("This quarter was reviewed already.")})
    review = reviews.create(
        committee=committee,
        since=quarter.since,
        until=quarter.until,
        snapshot=freeze(by.agency, by=by, on=quarter.last),
        opened_on=today,
        opened_by=by,
    )
    events.record("review.opened", review, by=by)
    return review


@transaction.atomic
def record_finding(review: Review, *, indicator: str, kind: str, text: str, by: Member) -> Finding:
    """Record what the committee saw in one indicator of the review's snapshot.

    ValidationError: no such indicator in it, no kind, no text.
    """
    review = locked_review(review, by)
    enforce(rules.recording(review, by, rules.hat(by), deciding=being_closed(review)))
    if indicator not in {each.code for each in read(review.snapshot)}:
        raise ValidationError(_("This review has no such indicator."))
    if kind not in FindingKind.values:
        raise ValidationError({"kind": _("Choose what kind of finding it is.")})
    if not text.strip():
        raise ValidationError({"text": _("Write what the committee found.")})
    finding: Finding = review.findings.create(
        agency=by.agency,
        indicator=indicator,
        kind=kind,
        text=text.strip(),
        recorded_by=by,
        recorded_on=by.agency.today(),
    )
    events.record("finding.recorded", finding, by=by, review=review.pk, indicator=indicator)
    return finding


@transaction.atomic
def prepare_closing(
    review: Review,
    *,
    summary: str = "",
    held_on: date | None = None,
    by: Member,
    version: int | None = None,
    read_again: bool = False,
) -> CommitteeStep:
    """Put to the committee that the review be closed, with its summary and all its findings.

    Once they agree, everybody in the program can read it. `held_on`: the day of the committee's
    review, if it is recorded later.

    Passages that name or count people must be reread first, so that none of them gives anybody
    away.
    """
    committee = locked_committee(by)
    review = locked_review(review, by)
    enforce(rules.closing_review(review, by, rules.hat(by), deciding=being_closed(review)))
    if version is not None and version != review.version:
        raise ValidationError(
            _("Somebody changed this while you were writing. Open the page again to see it.")
        )
    if not read_again and in_review(review, summary):
        raise ValidationError(
            {"read_again": _("Read these passages again. Change what could tell of a person.")}
        )
    if held_on is not None and not review.since <= held_on <= by.agency.today():
        raise ValidationError(
            {"held_on": _("Choose a day between the first one of the quarter and today.")}
        )
    titles = {sign.code: sign.title for sign in read(review.snapshot)}
    found = [
        f"{titles.get(each.indicator, each.indicator)}: {each.text}"
        for each in review.findings.order_by("pk")
    ]
    return prepare(
        committee.group,
        asks=_("Close the review: %(period)s") % {"period": words(review.since, review.until)},
        says=[
            summary.strip(),
            _("With it, these are the findings of the committee, and everybody can read them:")
            if found
            else _("The committee found nothing to write down."),
            *found,
        ],
        by=by,
        kind=StepKind.REVIEW,
        review=review,
        text=summary.strip(),
        held_on=held_on or by.agency.today(),
    )


def being_closed(review: Review) -> bool:
    """Whether the committee decides about closing it now; one query."""
    return review.steps.filter(state=StepState.OPEN).exists()
