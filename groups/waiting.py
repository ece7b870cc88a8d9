"""Waiting items for a member in their groups."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.addresses import at
from foundation.founding import FOUNDING_NOTICE
from groups.models import (
    ABOUT_A_SEAT,
    Alternate,
    AlternateQuerySet,
    DateAnswer,
    DatePoll,
    Decision,
    DecisionStatus,
    DeclaredInterest,
    Ending,
    Group,
    GroupKind,
    Meeting,
    MeetingStatus,
    Motion,
    MotionKind,
    PaperRecord,
    PollDate,
    Position,
    Question,
    Resolution,
    Seat,
    SeatOffer,
    SeatQuerySet,
    SupporterQuerySet,
)
from groups.policies import MINUTES, MINUTES_DUE
from groups.rules import (
    RUNNING_OFFICES,
    both_there,
    kept_waiting,
    shown_alternates,
    shown_supporters,
    shown_to,
    works_with_groups,
)
from notifications.areas import Area
from notifications.waiting import Precondition, WaitingKind, WaitingRow, WaitingRows, register
from safety import apart

DAY = timedelta(days=1)


def _positions(member: Member, on: date) -> WaitingRows:
    seats = Seat.objects.within(member.agency).on(on).voting().filter(member=member)
    taken = Position.objects.within(member.agency).current().filter(member=member)
    decisions = Decision.objects.within(member.agency).filter(
        status=DecisionStatus.OPEN, group__in=seats.values("group")
    )
    own = Motion.objects.within(member.agency).filter(
        member=member, kind__in=ABOUT_A_SEAT, decision__isnull=False
    )
    unanswered = decisions.exclude(pk__in=own.values("decision"))
    unanswered = unanswered.exclude(pk__in=taken.values("decision"))
    declared = DeclaredInterest.objects.within(member.agency).filter(member=member)
    unanswered = unanswered.exclude(pk__in=declared.values("decision"))
    unanswered = unanswered.filter(Q(answers_until=None) | Q(answers_until__gte=on))
    return WaitingRows(unanswered, label="title", due="answers_until")


def _stepping_in(member: Member, on: date) -> WaitingRows:
    """Decisions to answer in the place of somebody who is away."""
    rows = Alternate.objects.within(member.agency).stepping_in(on).filter(member=member)
    taken = Position.objects.within(member.agency).current()
    taken = taken.filter(decision=OuterRef(OuterRef("pk")), member=OuterRef("holder"))
    declared = DeclaredInterest.objects.within(member.agency).filter(
        Q(member=OuterRef("holder")) | Q(member=member), decision=OuterRef(OuterRef("pk"))
    )
    asked = rows.filter(~Exists(taken), ~Exists(declared), group=OuterRef("group"))
    decisions = Decision.objects.within(member.agency).filter(status=DecisionStatus.OPEN)
    open_now = decisions.filter(Q(answers_until=None) | Q(answers_until__gte=on), Exists(asked))
    return WaitingRows(open_now, label="title", due="answers_until")


def _alternates(member: Member, on: date) -> WaitingRows:
    asked = shown_alternates(member).open().filter(member=member, accepted_on=None)
    return WaitingRows(asked, label="group__name")


def _asked_for_help(member: Member, on: date) -> SupporterQuerySet:
    return shown_supporters(member).open().filter(supporter=member, accepted_on=None)


def _supporters(member: Member, on: date) -> WaitingRows:
    """Whoever asks for help; not by name, since whom somebody asks says much about them."""
    return WaitingRows(_asked_for_help(member, on), label=Value(""))


def _unconfirmed(member: Member, on: date) -> WaitingRows:
    """Paper decisions recorded by somebody else that need a second voting member."""
    seats = Seat.objects.within(member.agency).on(on).voting().filter(member=member)
    papers = PaperRecord.objects.within(member.agency).filter(
        needs_two=True,
        attested_on=None,
        decision__status=DecisionStatus.RECORDED,
        decision__group__in=seats.values("group"),
    )
    return WaitingRows(
        papers.exclude(recorded_by=member), label="decision__title", subject="decision_id"
    )


def _running(member: Member, on: date) -> SeatQuerySet:
    seats = Seat.objects.within(member.agency).on(on)
    return seats.filter(member=member, office__in=RUNNING_OFFICES)


def _asked_or_agreed(member: Member, on: date) -> AlternateQuerySet:
    return Alternate.objects.within(member.agency).open().filter(member=member)


STEPS_IN = Precondition("groups.steps_in", _asked_or_agreed)
ASKED_FOR_HELP = Precondition("groups.asked_for_help", _asked_for_help)
RUNS_A_GROUP = Precondition("groups.runs_a_group", _running)


def _run_by(member: Member, on: date) -> dict[str, object]:
    return {"group__in": _running(member, on).values("group")}


def _attendance(member: Member, on: date) -> WaitingRows:
    meetings = Meeting.objects.within(member.agency).filter(**_run_by(member, on))
    past = meetings.filter(status=MeetingStatus.PLANNED, on__lte=on)
    return WaitingRows(past, label="group__name", due="on")


def _minutes(member: Member, on: date) -> WaitingRows:
    meetings = Meeting.objects.within(member.agency).filter(**_run_by(member, on))
    held = meetings.filter(
        status=MeetingStatus.HELD,
        minutes="",
        on__gt=on - MINUTES.span(member.agency, on),
        on__lte=on,
    ).exclude(group__kind=GroupKind.DIALOGUE)
    return WaitingRows(held, label="group__name", due=F("on") + MINUTES_DUE.span(member.agency, on))


def _dates(member: Member, on: date) -> WaitingRows:
    """Open questions which dates suit, in the member's groups, that they have not answered."""
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    said = DateAnswer.objects.within(member.agency).filter(date__poll=OuterRef("pk"))
    polls = DatePoll.objects.within(member.agency).open(on)
    asked = polls.filter(~Exists(said.filter(member=member)), group__in=seats.values("group"))
    return WaitingRows(asked, label="group__name", due="closes_on")


def _dates_to_choose(member: Member, on: date) -> WaitingRows:
    """Closed questions of groups that the member runs, with a date still to come."""
    coming = PollDate.objects.within(member.agency).filter(poll=OuterRef("pk"))
    polls = DatePoll.objects.within(member.agency).unsettled().filter(**_run_by(member, on))
    closed = polls.filter(Exists(coming.filter(starts_at__date__gt=on)), closes_on__lt=on)
    return WaitingRows(closed, label="group__name")


def _run_by_nobody(member: Member, on: date) -> WaitingRows | None:
    """Groups whose leader is gone and that nobody runs now, for everybody who can seat people."""
    if not works_with_groups(member):
        return None
    there = Member.objects.within(member.agency).on(on).not_paused(on)
    ran = Seat.objects.within(member.agency).filter(
        group=OuterRef("pk"), office__in=RUNNING_OFFICES
    )
    groups = (
        Group.objects.within(member.agency)
        .lasting(on)
        .filter(
            ~Exists(ran.on(on).filter(member__in=there.values("pk"))),
            Exists(ran.filter(since__lte=on)),
            kind__in=(GroupKind.CELL, GroupKind.COUNCIL, GroupKind.DIALOGUE),
        )
    )
    return WaitingRows(groups, label="name")


def _questions(member: Member, on: date) -> WaitingRows:
    """Unanswered questions on the member's proposals."""
    open_to = Question.objects.within(member.agency).filter(
        decision__proposed_by=member, decision__status=DecisionStatus.OPEN, answer=""
    )
    return WaitingRows(open_to, label="decision__title")


def _looks(member: Member, on: date) -> WaitingRows:
    """Decisions to review, in the groups the member runs."""
    decisions = Decision.objects.within(member.agency).filter(**_run_by(member, on))
    return WaitingRows(decisions.to_look_at(on), label="title", due="review_on")


def _offers(member: Member, on: date) -> WaitingRows:
    offers = SeatOffer.objects.within(member.agency).waiting().filter(member=member)
    return WaitingRows(shown_to(offers, member, on), label="group__name")


def _papers(member: Member, on: date) -> WaitingRows:
    """Papers recorded by somebody, for the second person to attest to."""
    asked = Resolution.objects.within(member.agency).waiting().filter(asked=member)
    return WaitingRows(asked, label="group__name")


def _founding_seats(member: Member, on: date) -> WaitingRows:
    """The member's own seats that end with the founding, until their group decides on them."""
    keeping = Motion.objects.within(member.agency).filter(
        kind=MotionKind.CONFIRM, decision__status=DecisionStatus.OPEN
    )
    seats = Seat.objects.within(member.agency).on(on).filter(member=member, ending=Ending.TERM)
    soon = seats.filter(until__lte=on + FOUNDING_NOTICE.span + DAY)
    soon = soon.exclude(group__in=keeping.values("group"))
    return WaitingRows(soon, label="group__name", due=F("until") - DAY, subject="group_id")


def _motions(member: Member, on: date) -> WaitingRows:
    """Motions about the member's seat, while they can answer."""
    open_to = Motion.objects.within(member.agency).filter(
        member=member,
        kind__in=ABOUT_A_SEAT,
        answered_on=None,
        answer_by__gte=on,
        decision__status=DecisionStatus.OPEN,
    )
    return WaitingRows(open_to, label="group__name", due="answer_by")


def _apart(member: Member, on: date) -> WaitingRows | None:
    """Two people who must not meet sit in one group, or one has an offer there."""
    if not apart.administers(member):
        return None
    orders = apart.administered(member).lasting(on)
    meeting = both_there(member.agency, on) | kept_waiting(member.agency, on)
    return WaitingRows(orders.filter(meeting), label=Value(""))


def _page(name: str) -> Callable[[Member, WaitingRow], str]:
    return lambda member, row: at(member.agency, name, pk=row.subject_id)


register(
    WaitingKind(
        code="groups.offer",
        area=Area.MEETINGS,
        title=_("Say if you take a seat: %(label)s"),
        minutes=2,
        rows=_offers,
        url=_page("groups:offer"),
    )
)
register(
    WaitingKind(
        code="groups.alternate",
        area=Area.MEETINGS,
        title=_("Say if you step in for somebody: %(label)s"),
        minutes=2,
        rows=_alternates,
        url=_page("groups:alternate"),
        needs=STEPS_IN,
    )
)
register(
    WaitingKind(
        code="groups.supporter",
        area=Area.PEOPLE,
        title=_("Say if you help somebody who asks you"),
        minutes=2,
        rows=_supporters,
        url=_page("groups:supporter"),
        needs=ASKED_FOR_HELP,
    )
)
register(
    WaitingKind(
        code="groups.stepping_in",
        area=Area.VOTES,
        title=_("Give a view for somebody who is away: “%(label)s”"),
        minutes=3,
        rows=_stepping_in,
        url=_page("groups:decision"),
        needs=STEPS_IN,
    )
)
register(
    WaitingKind(
        code="groups.run_by_nobody",
        area=Area.MEETINGS,
        title=_("Nobody runs this group any more. Say who does: %(label)s"),
        minutes=5,
        rows=_run_by_nobody,
        url=_page("groups:people"),
    )
)
register(
    WaitingKind(
        code="groups.paper",
        area=Area.VOTES,
        title=_("Say if it was decided so: %(label)s"),
        minutes=5,
        rows=_papers,
        url=_page("groups:resolution"),
    )
)
register(
    WaitingKind(
        code="groups.founding_seat",
        area=Area.VOTES,
        title=_("Your seat ends with the founding. See what keeps it: %(label)s"),
        minutes=10,
        rows=_founding_seats,
        url=_page("groups:people"),
    )
)
register(
    WaitingKind(
        code="groups.motion",
        area=Area.VOTES,
        title=_("Answer what is proposed about your seat: %(label)s"),
        minutes=15,
        rows=_motions,
        url=_page("groups:motion"),
    )
)
register(
    WaitingKind(
        code="groups.position",
        area=Area.VOTES,
        title=_("Give your view on “%(label)s”"),
        minutes=3,
        rows=_positions,
        url=_page("groups:decision"),
    )
)
register(
    WaitingKind(
        code="groups.attest",
        area=Area.VOTES,
        title=_("Confirm what your group decided: %(label)s"),
        minutes=3,
        rows=_unconfirmed,
        url=_page("groups:decision"),
    )
)
register(
    WaitingKind(
        code="groups.question",
        area=Area.VOTES,
        title=_("Answer a question about “%(label)s”"),
        minutes=3,
        rows=_questions,
        url=_page("groups:answer"),
    )
)
register(
    WaitingKind(
        code="groups.look_again",
        area=Area.VOTES,
        title=_("Look at it again: %(label)s"),
        minutes=10,
        rows=_looks,
        url=_page("groups:look_again"),
        needs=RUNS_A_GROUP,
    )
)
register(
    WaitingKind(
        code="groups.attendance",
        area=Area.MEETINGS,
        title=_("Record the meeting: %(label)s"),
        minutes=10,
        rows=_attendance,
        url=_page("groups:after"),
        needs=RUNS_A_GROUP,
    )
)
register(
    WaitingKind(
        code="groups.dates",
        area=Area.MEETINGS,
        title=_("Tell which days suit you: %(label)s"),
        minutes=1,
        rows=_dates,
        url=_page("groups:say_dates"),
    )
)
register(
    WaitingKind(
        code="groups.dates_to_choose",
        area=Area.MEETINGS,
        title=_("Choose a date: %(label)s"),
        minutes=2,
        rows=_dates_to_choose,
        url=_page("groups:date_poll"),
        needs=RUNS_A_GROUP,
    )
)
register(
    WaitingKind(
        code="groups.minutes",
        area=Area.MEETINGS,
        title=_("Write the minutes: %(label)s"),
        minutes=10,
        rows=_minutes,
        url=_page("groups:minutes"),
        needs=RUNS_A_GROUP,
    )
)
register(
    WaitingKind(
        code="groups.apart",
        area=Area.MEETINGS,
        title=_("Settle a no-contact order: two people would meet in a group"),
        minutes=15,
        rows=_apart,
        url=_page("safety:no_contact"),
    )
)
