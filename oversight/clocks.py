"""The clock of a recommendation's stage: who has to act by when, and whether that day is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from foundation.models import Agency
from foundation.presenting import written
from oversight.models import (
    ManagementAnswer,
    ManagementResponse,
    Recommendation,
    RecommendationStatus,
)


@dataclass(frozen=True)
class StageClock:
    """Who has to do what by when, in words; `told`: the board's chair was told that it is late."""

    words: str
    overdue: bool
    told: str = ""


def due_to_the_committee(agency: Agency) -> Q:
    """Recommendations whose refusal the committee accepted: it closes them, nobody else acts."""
    declined = ManagementResponse.objects.within(agency).filter(
        recommendation=OuterRef("pk"),
        answer=ManagementAnswer.DECLINE,
        judgement__satisfactory=True,
    )
    return Q(Exists(declined))


def declined_keys(agency: Agency) -> set[int]:
    """The keys of recommendations in that state; one query."""
    rows = Recommendation.objects.within(agency).filter(status=RecommendationStatus.ACCEPTED)
    return set(rows.filter(due_to_the_committee(agency)).values_list("pk", flat=True))


def clock(found: Recommendation, on: date, *, declined: bool = False) -> StageClock | None:
    """The clock of its present stage; None once it is closed. No query.

    `declined`: the committee accepted that management will not do it.
    """
    if found.stage_due is None:
        return None
    overdue = found.stage_due < on
    status = RecommendationStatus(found.status)
    words = _closing if declined else _WORDS[status]
    told = ""
    if overdue and found.escalated_on is not None:
        told = _("The board’s chair was told on %(day)s.") % {"day": written(found.escalated_on)}
    return StageClock(words(written(found.stage_due), overdue), overdue, told)


def _answering(day: str, overdue: bool) -> str:
    if overdue:
        return _("The answer was due on %(day)s.") % {"day": day}
    return _("Management answers by %(day)s.") % {"day": day}


def _judging(day: str, overdue: bool) -> str:
    if overdue:
        return _("The committee was to judge it by %(day)s.") % {"day": day}
    return _("To be judged by %(day)s.") % {"day": day}


def _carrying_out(day: str, overdue: bool) -> str:
    if overdue:
        return _("It was to be carried out by %(day)s.") % {"day": day}
    return _("Management carries it out by %(day)s.") % {"day": day}


def _verifying(day: str, overdue: bool) -> str:
    if overdue:
        return _("The committee was to check it by %(day)s.") % {"day": day}
    return _("To be checked by %(day)s.") % {"day": day}


def _closing(day: str, overdue: bool) -> str:
    if overdue:
        return _("The committee was to close it by %(day)s.") % {"day": day}
    return _("To be closed by %(day)s.") % {"day": day}


_WORDS: dict[RecommendationStatus, Callable[[str, bool], str]] = {
    RecommendationStatus.AWAITING: _answering,
    RecommendationStatus.ANSWERED: _judging,
    RecommendationStatus.ACCEPTED: _carrying_out,
    RecommendationStatus.REPORTED: _verifying,
}
