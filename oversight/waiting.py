"""Waiting items for the committee and for management."""

from datetime import date

from django.db.models import CharField, DateField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Pause
from accounts.permissions import Permission
from foundation.addresses import at
from foundation.models import TenantQuerySet
from foundation.quarters import Quarter, before, quarter_of
from groups.models import GroupKind, Seat, SeatQuerySet
from notifications.areas import Area
from notifications.waiting import Precondition, WaitingKind, WaitingRow, WaitingRows, register
from oversight import pausing
from oversight.clocks import due_to_the_committee
from oversight.departing import departing
from oversight.minutes_readers import due as minutes_due
from oversight.minutes_readers import to_prepare
from oversight.models import (
    Committee,
    PauseRuling,
    Recommendation,
    RecommendationStatus,
    Review,
    ReviewStatus,
)
from oversight.policies import ANSWER_WARNING, PAUSE_REVIEW, REVIEW_WITHIN

REVIEW_DUE = Cast(F("since") + PAUSE_REVIEW.span, DateField())
HELD_ON = Func(F("on"), Value("FMMonth FMDD, YYYY"), function="to_char", output_field=CharField())
NUMBERED = Concat(
    Value("REC-"),
    Cast("year", CharField()),
    Value("-"),
    LPad(Cast("serial", CharField()), 3, Value("0")),
    Value(": "),
    F("title"),
)


def _answers(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    rows = Recommendation.objects.within(member.agency).awaiting()
    return WaitingRows(rows, label=NUMBERED, due="answer_due")


def _judgements(member: Member, on: date) -> WaitingRows | None:
    if member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    rows = Recommendation.objects.within(member.agency).answered().judged_by(member).undecided()
    rows = rows.filter(Exists(_seats(member, on)))
    return WaitingRows(rows, label=NUMBERED, due="stage_due")


def _promises(member: Member, on: date) -> WaitingRows | None:
    """Management's promises: from some days before their date until it reports them as done."""
    if not member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    soon = on + ANSWER_WARNING.span(member.agency, on)
    rows = Recommendation.objects.within(member.agency).to_report()
    rows = rows.exclude(due_to_the_committee(member.agency)).filter(stage_due__lte=soon)
    return WaitingRows(rows, label=NUMBERED, due="stage_due")


def _kept(member: Member, on: date) -> WaitingRows | None:
    """For the committee: reported as carried out, or the promised day has come.

    What it accepted although management declines it waits at once: the committee closes it.
    """
    if member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    rows = Recommendation.objects.within(member.agency).judged_by(member).undecided()
    theirs = Q(status=RecommendationStatus.REPORTED) | Q(
        Q(stage_due__lte=on) | due_to_the_committee(member.agency),
        status=RecommendationStatus.ACCEPTED,
    )
    rows = rows.filter(theirs, Exists(_seats(member, on)))
    return WaitingRows(rows, label=NUMBERED, due="stage_due")


def _reviews(member: Member, on: date) -> WaitingRows | None:
    """The last completed quarter, if the committee existed then and has not reviewed it."""
    found = _to_review(member, on)
    if found is None:
        return None
    committees, last, due = found
    return WaitingRows(
        committees.exclude(Exists(_under_way(member))), label=Value(str(last)), due=due
    )


def _blocking(member: Member, on: date) -> WaitingRows | None:
    """An open review of another quarter, which blocks a new one."""
    found = _to_review(member, on)
    if found is None:
        return None
    committees, last, due = found
    reviews = Review.objects.within(member.agency).filter(
        status=ReviewStatus.OPEN, committee__in=committees.values("pk")
    )
    return WaitingRows(reviews, label=Value(str(last)), due=due)


def _to_review(member: Member, on: date) -> tuple[TenantQuerySet[Committee], Quarter, Value] | None:
    """The member's committee if the last quarter needs its review, the quarter and the deadline."""
    if member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    last = before(quarter_of(on))
    reviewed = Review.objects.within(member.agency).filter(
        committee=OuterRef("pk"), since=last.since
    )
    committees = Committee.objects.within(member.agency).filter(
        ~Exists(reviewed),
        Exists(_seats(member, on)),
        group__closed=None,
        group__opened__lt=last.until,
    )
    due = Value(last.until + REVIEW_WITHIN.span(member.agency, on), output_field=DateField())
    return committees, last, due


def _under_way(member: Member) -> TenantQuerySet[Review]:
    return Review.objects.within(member.agency).filter(
        committee=OuterRef("pk"), status=ReviewStatus.OPEN
    )


def _out_of_charter(member: Member, on: date) -> WaitingRows | None:
    """The committee, while it differs from its charter: its voting members can mend that."""
    if member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    return WaitingRows(departing(member.agency, on), label=Value(""))


def _minutes(member: Member, on: date) -> WaitingRows | None:
    """Minutes of the committee to be put to it for approval."""
    if member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    rows = to_prepare(member.agency, on).filter(Exists(_seats(member, on)))
    return WaitingRows(rows, label=HELD_ON, due=minutes_due(member.agency, on))


def _pauses(member: Member, on: date) -> WaitingRows | None:
    """Pauses of the committee's members, for those others who may review them."""
    if member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    ruled = PauseRuling.objects.within(member.agency).filter(pause=OuterRef("pk"))
    seats = Seat.objects.within(member.agency).on(on).filter(group__kind=GroupKind.COMMITTEE)
    rows = Pause.objects.within(member.agency).on(on).exclude(member=member).exclude(by=member)
    rows = rows.filter(
        ~Exists(ruled), Exists(_seats(member, on)), Exists(seats.filter(member=OuterRef("member")))
    )
    return WaitingRows(rows, label="member__shown_name", due=REVIEW_DUE)


def _late_pauses(member: Member, on: date) -> WaitingRows | None:
    """Pauses of committee members not reviewed in time, for an uninvolved administrator.

    That administrator, who did not pause the person, can end the pause.
    """
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    rows = pausing.unreviewed(member.agency, on).exclude(member=member).exclude(by=member)
    return WaitingRows(rows, label="member__shown_name", due=REVIEW_DUE)


def _seats(member: Member, on: date) -> SeatQuerySet:
    seats = Seat.objects.within(member.agency).on(on).voting()
    return seats.filter(member=member, group__kind=GroupKind.COMMITTEE, group__closed=None)


VOTES_IN_THE_COMMITTEE = Precondition("oversight.votes_in_the_committee", _seats)


def _answer_page(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "oversight:answer", pk=row.subject_id)


def _report_page(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "oversight:report", pk=row.subject_id)


def _judge_page(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "oversight:recommendation", pk=row.subject_id)


register(
    WaitingKind(
        code="oversight.answer",
        area=Area.OVERSIGHT,
        title=_("Answer the committee: %(label)s"),
        minutes=15,
        rows=_answers,
        url=_answer_page,
    )
)
register(
    WaitingKind(
        code="oversight.judge",
        area=Area.OVERSIGHT,
        title=_("Prepare what the committee decides about the answer: %(label)s"),
        minutes=10,
        rows=_judgements,
        url=_judge_page,
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="oversight.promise",
        area=Area.OVERSIGHT,
        title=_("Carry out what you promised the committee, and report it: %(label)s"),
        minutes=15,
        rows=_promises,
        url=_report_page,
    )
)
register(
    WaitingKind(
        code="oversight.kept",
        area=Area.OVERSIGHT,
        title=_("See whether it was carried out: %(label)s"),
        minutes=10,
        rows=_kept,
        url=_judge_page,
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="oversight.review",
        area=Area.OVERSIGHT,
        title=_("Review the quarter: %(label)s"),
        minutes=60,
        rows=_reviews,
        url=lambda member, row: at(member.agency, "oversight:open_review"),
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="oversight.review_first",
        area=Area.OVERSIGHT,
        title=_("Close the review that is under way, then review the quarter: %(label)s"),
        minutes=60,
        rows=_blocking,
        url=lambda member, row: at(member.agency, "oversight:review", pk=row.subject_id),
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="oversight.out_of_charter",
        area=Area.OVERSIGHT,
        title=_("The committee is out of its charter. See what would mend it"),
        minutes=15,
        rows=_out_of_charter,
        url=lambda member, row: at(member.agency, "oversight:committee"),
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="oversight.minutes",
        area=Area.OVERSIGHT,
        title=_("Prepare the approval of the minutes: %(label)s"),
        minutes=15,
        rows=_minutes,
        url=lambda member, row: at(member.agency, "oversight:minutes", pk=row.subject_id),
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="oversight.pause",
        area=Area.OVERSIGHT,
        title=_("Review the pause of access of %(label)s"),
        minutes=30,
        rows=_pauses,
        url=lambda member, row: at(member.agency, "oversight:review_pause", pk=row.subject_id),
        needs=VOTES_IN_THE_COMMITTEE,
    )
)
register(
    WaitingKind(
        code="oversight.pause_late",
        area=Area.OVERSIGHT,
        title=_("The committee is late to review a pause: %(label)s. Remind it, or end the pause"),
        minutes=10,
        rows=_late_pauses,
        url=lambda member, row: at(member.agency, "accounts:pause", pk=row.subject_id),
    )
)
