"""Signals of how a cell works together, from what is on record, each with what to do next.

Most of them depend on people's standings, which in a small group could reveal somebody's. So they
are shown to readers whose work needs standings, and, without names or counts, to the oversight
committee if at least five people stand behind them; see `groups.composition`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Member, StandingKind
from accounts.permissions import Permission
from cells.cell.models import Cell, CellQuerySet
from cells.ideas.models import Opportunity
from cells.overview import facts
from cells.overview.facts import CellFacts
from cells.overview.stages import MissionStage, TookPart
from cells.plans.models import EvaluationReview
from cells.policies import MATERIALS_AHEAD, SIGNAL_MEETINGS, SIGNAL_TURNOVER, SIGNAL_YEAR
from cells.ranking.models import BallotReceipt
from foundation import prepared
from foundation.columns import Columns, columns_of
from foundation.minimum import enough
from foundation.models import Agency
from foundation.policies import Policy
from groups import rules as group_rules
from groups.models import (
    AgendaItem,
    Attendance,
    Choice,
    Decision,
    DecisionStatus,
    Meeting,
    MeetingStatus,
    Position,
    Seat,
)

THIS_GROUP = OuterRef("group")


@dataclass(frozen=True)
class Sign:
    """One signal: an `alert` requires action, which `todo` describes."""

    code: str
    title: str | Promise
    words: str | Promise
    todo: str | Promise = ""
    alert: bool = False


@dataclass(frozen=True)
class SignalCounts:
    """What a cell's signals are computed from, with the number of people behind each stage."""

    seats: int
    providers: int
    managers: int
    seats_before: int
    seats_left: int
    consumers_before: int
    consumers_left: int
    wishes: int
    wishes_of_consumers: int
    meetings: int
    meetings_late: int
    came: int
    came_consumers: int
    consumers_came: int
    others_came: int
    decided: int
    decided_changed: int
    ideas_lately: int
    ideas_of_consumers: int
    people_identify: int
    people_rank: int
    people_choose: int
    people_plan: int
    people_evaluate: int

    def people(self, stage: MissionStage) -> int:
        """How many people stand behind the signal of a stage."""
        return {
            MissionStage.IDENTIFY: self.people_identify,
            MissionStage.RANK: self.people_rank,
            MissionStage.CHOOSE: self.people_choose,
            MissionStage.PLAN: self.people_plan,
            MissionStage.EVALUATE: self.people_evaluate,
        }[stage]


def _count[M: Model](rows: QuerySet[M], group: str, what: str = "pk") -> Coalesce:
    counted = rows.order_by().values(group).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


def counts_of(agency: Agency, cells: Iterable[Cell], on: date) -> dict[int, SignalCounts]:
    """What the signals of these cells are computed from, by key; one query."""
    asked, values = prepared.of_keys(_counted, agency, on, (cell.pk for cell in cells))
    return {cell.pk: columns_of(SignalCounts, cell) for cell in asked.models(values)}


def _counted(agency: Agency, on: date) -> CellQuerySet:
    return (
        Cell.objects.within(agency)
        .filter(prepared.one_of_keys("pk"))
        .annotate(**facts.latest(agency))
        .annotate(**_seats(agency, on))
        .annotate(**_meetings(agency, on))
        .annotate(**_decisions(agency, on))
        .annotate(**_people(agency, on))
    )


def _seats(agency: Agency, on: date) -> Columns:
    seats = Seat.objects.within(agency).filter(group=THIS_GROUP).voting()
    now = seats.on(on)
    before = seats.on(on - SIGNAL_TURNOVER.span(agency, on))
    everybody = Seat.objects.within(agency).voting().on(on)
    stays = everybody.filter(member=OuterRef("member"), group=OuterRef("group"))
    left = before.filter(~Exists(stays), until__lte=on)
    return {
        "seats": _count(now, "group"),
        "providers": _count(now.filter(standing=StandingKind.PROVIDER), "group"),
        "managers": _count(now.filter(standing=StandingKind.MANAGER), "group"),
        "seats_before": _count(before, "group"),
        "seats_left": _count(left, "group"),
        "consumers_before": _count(before.of_consumers(), "group"),
        "consumers_left": _count(left.of_consumers(), "group"),
    }


def _meetings(agency: Agency, on: date) -> Columns:
    meetings = Meeting.objects.within(agency).filter(group=THIS_GROUP)
    # A meeting further away than this can still get its materials in time.
    ahead_by = MATERIALS_AHEAD.span(agency, on)
    since = on - SIGNAL_MEETINGS.span(agency, on)
    lately = meetings.filter(on__gt=since, on__lt=on + ahead_by)
    lately = lately.exclude(status=MeetingStatus.CANCELLED)
    ahead = ExpressionWrapper(F("on") - F("materials_sent_on"), output_field=DurationField())
    late = lately.annotate(ahead=ahead).filter(Q(materials_sent_on=None) | Q(ahead__lt=ahead_by))
    came = Attendance.objects.within(agency).filter(
        meeting__group=THIS_GROUP,
        meeting__status=MeetingStatus.HELD,
        meeting__on__gt=since,
        meeting__on__lte=on,
    )
    consumer = Q(standing=StandingKind.PRIMARY_CONSUMER, employed_peer=False)
    year = SIGNAL_YEAR.span(agency, on)
    wishes = AgendaItem.objects.within(agency).filter(
        meeting__group=THIS_GROUP, meeting__on__gt=on - year, meeting__on__lt=on + year
    )
    seats = (
        Seat.objects.within(agency)
        .of_consumers()
        .filter(
            Q(until=None) | Q(until__gt=OuterRef("raised_on")), since__lte=OuterRef("raised_on")
        )
    )
    author = Coalesce(OuterRef("on_behalf_of"), OuterRef("raised_by"))
    of_consumers = wishes.filter(
        Exists(seats.filter(group=OuterRef("meeting__group"), member=author))
    )
    return {
        "wishes": _count(wishes, "meeting__group"),
        "wishes_of_consumers": _count(of_consumers, "meeting__group"),
        "meetings": _count(lately, "group"),
        "meetings_late": _count(late, "group"),
        "came": _count(came, "meeting__group"),
        "came_consumers": _count(came.filter(consumer), "meeting__group"),
        "consumers_came": _count(came.filter(consumer), "meeting__group", "member"),
        "others_came": _count(came.exclude(consumer), "meeting__group", "member"),
    }


def _decisions(agency: Agency, on: date) -> Columns:
    year_ago = on - SIGNAL_YEAR.span(agency, on)
    decided = Decision.objects.within(agency).filter(
        group=THIS_GROUP, status=DecisionStatus.ADOPTED, decided_on__gt=year_ago
    )
    asked = Position.objects.within(agency).filter(
        seat__in=Seat.objects.within(agency).of_consumers(),
        choice__in=[Choice.OBJECT, Choice.RESERVATIONS],
        round__lt=F("decision__round"),
    )
    changed = decided.filter(pk__in=asked.values("decision"))
    ideas = Opportunity.objects.within(agency).filter(cell=OuterRef("pk"), raised_on__gt=year_ago)
    return {
        "decided": _count(decided, "group"),
        "decided_changed": _count(changed, "group"),
        "ideas_lately": _count(ideas, "cell"),
        "ideas_of_consumers": _count(ideas.filter(facts.by_consumers(agency)), "cell"),
    }


def _people(agency: Agency, on: date) -> Columns:
    """Annotations: how many people stand behind the signal of each stage."""
    author = Coalesce("on_behalf_of", "raised_by")
    ideas = Opportunity.objects.within(agency).filter(
        cell=OuterRef("pk"), raised_on__gt=on - SIGNAL_YEAR.span(agency, on)
    )
    receipts = BallotReceipt.objects.within(agency).filter(round=OuterRef("last_round"))
    positions = Position.objects.within(agency).current().of_voters(on)
    positions = positions.filter(decision=OuterRef("last_choice"))
    came = Attendance.objects.within(agency)
    planning = came.filter(
        meeting__group=THIS_GROUP,
        meeting__on__range=(OuterRef("last_plan_begun"), OuterRef("last_plan_activated")),
    )
    looks = EvaluationReview.objects.within(agency).filter(plan=OuterRef(OuterRef("last_plan")))
    looking = came.filter(meeting__in=looks.exclude(meeting=None).values("meeting"))
    return {
        "people_identify": _count(ideas.annotate(whose=author), "cell", "whose"),
        "people_rank": _count(receipts, "round"),
        "people_choose": _count(positions, "decision", "member"),
        "people_plan": _count(planning, "agency", "member"),
        "people_evaluate": _count(looking, "agency", "member"),
    }


def signs_of(found: Collection[CellFacts], reader: Member, on: date) -> dict[int, list[Sign]]:
    """The signals this reader may see, by key of the cell; one query."""
    counts = counts_of(reader.agency, [each.cell for each in found], on)
    return {each.cell.pk: signs(each, counts[each.cell.pk], reader) for each in found}


def signs(known: CellFacts, counts: SignalCounts, reader: Member) -> list[Sign]:
    """The signals of a cell that this reader may see."""
    agency = reader.agency
    every = reader.may(Permission.SEE_STANDINGS)
    runs = group_rules.place(known.cell.group, reader).runs
    oversees = reader.may(Permission.OVERSEE) and enough(counts.seats) and not runs
    found: list[Sign] = []
    if every or oversees:
        found += [_stage(part) for part in known.took_part if _told(counts, part, every)]
        found += _made_up(counts)
        found += _came(counts, agency)
    if every:
        found += _heard(counts, agency)
    return found + _materials(counts, agency) + _turnover(counts, agency, every=every)


def _time(agency: Agency, policy: Policy[int]) -> str:
    return policy.words(agency, agency.today())


def _told(counts: SignalCounts, part: TookPart, every: bool) -> bool:
    """Whether to show a stage: to the committee, one with few people would reveal a standing."""
    return part.begun and (every or enough(counts.people(part.stage)))


_WITHOUT: dict[MissionStage, str | Promise] = {
    MissionStage.IDENTIFY: _(
        "Ask the consumers of the cell, and in a dialogue, what could be better."
    ),
    MissionStage.RANK: _(
        "Before the next vote, make sure that consumers have a seat and can vote."
    ),
    MissionStage.CHOOSE: _(
        "Ask the consumers of the cell what they think before the next decision."
    ),
    MissionStage.PLAN: _("Go through the plan with the consumers of the cell in the next meeting."),
    MissionStage.EVALUATE: _("Look at the numbers together with the consumers of the cell."),
}


def _stage(part: TookPart) -> Sign:
    title = _("With consumers: %(doing)s") if part.consumers else _("Without consumers: %(doing)s")
    words = _("Consumers took part.") if part.consumers else _("It went on without consumers.")
    return Sign(
        f"stage_{part.stage.value}",
        str(title) % {"doing": part.stage.doing},
        words,
        "" if part.consumers else _WITHOUT[part.stage],
        alert=part.signal,
    )


def _made_up(counts: SignalCounts) -> list[Sign]:
    if not counts.seats:
        return []
    found = []
    if counts.providers == 0:
        found.append(
            Sign(
                "no_front_line",
                _("Front-line staff"),
                _("No front-line staff member has a voting seat."),
                _("Give a seat to somebody who gives the service."),
                alert=True,
            )
        )
    if 2 * counts.managers > counts.seats:
        found.append(
            Sign(
                "managers",
                _("Managers"),
                _("More than half of the voting seats are held by managers."),
                _("Give more seats to consumers and front-line staff."),
                alert=True,
            )
        )
    return found


def _came(counts: SignalCounts, agency: Agency) -> list[Sign]:
    """Consumers as a percentage of attendees, shown from five people on both sides."""
    if not enough(min(counts.consumers_came, counts.others_came)):
        return []
    share = 100 * counts.came_consumers // counts.came
    words = _("In the last %(time)s, %(share)d%% of those who came were consumers.")
    few = 5 * counts.came_consumers < counts.came
    return [
        Sign(
            "attendance",
            _("Who comes"),
            str(words) % {"share": share, "time": _time(agency, SIGNAL_MEETINGS)},
            _("Ask what keeps people away: the time, the ride, the way it is run.") if few else "",
            alert=few,
        )
    ]


def _wished(counts: SignalCounts, agency: Agency) -> list[Sign]:
    """People who add agenda items decide what a meeting talks about."""
    title = _("What meetings talk about")
    if not counts.wishes:
        if not counts.meetings:
            return []
        said = _("In the last %(time)s, nobody in the cell put anything on the agenda.")
        words = str(said) % {"time": _time(agency, SIGNAL_YEAR)}
        todo = _("Ask everybody, before each meeting, what they want to talk about.")
        return [Sign("agenda", title, words, todo, alert=True)]
    words = ngettext(
        "Consumers put %(own)d of %(all)d thing on the agenda in the last %(time)s.",
        "Consumers put %(own)d of %(all)d things on the agenda in the last %(time)s.",
        counts.wishes,
    )
    few = 5 * counts.wishes_of_consumers < counts.wishes
    return [
        Sign(
            "agenda",
            title,
            words
            % {
                "own": counts.wishes_of_consumers,
                "all": counts.wishes,
                "time": _time(agency, SIGNAL_YEAR),
            },
            _("Begin the next meeting with what consumers want to talk about.") if few else "",
            alert=few,
        )
    ]


def _heard(counts: SignalCounts, agency: Agency) -> list[Sign]:
    found = _wished(counts, agency)
    if counts.ideas_lately:
        words = ngettext(
            "Consumers brought %(own)d of %(all)d idea in the last %(time)s.",
            "Consumers brought %(own)d of %(all)d ideas in the last %(time)s.",
            counts.ideas_lately,
        )
        few = 5 * counts.ideas_of_consumers < counts.ideas_lately
        found.append(
            Sign(
                "ideas",
                _("What consumers put on the table"),
                words
                % {
                    "own": counts.ideas_of_consumers,
                    "all": counts.ideas_lately,
                    "time": _time(agency, SIGNAL_YEAR),
                },
                _("Ask consumers, in a dialogue too, what could be better.") if few else "",
                alert=few,
            )
        )
    if counts.decided:
        words = ngettext(
            "%(changed)d of %(all)d decision was reworded after a consumer had a concern.",
            "%(changed)d of %(all)d decisions were reworded after a consumer had a concern.",
            counts.decided,
        )
        found.append(
            Sign(
                "decisions",
                _("What consumers changed"),
                words % {"changed": counts.decided_changed, "all": counts.decided},
            )
        )
    return found


def _materials(counts: SignalCounts, agency: Agency) -> list[Sign]:
    if not counts.meetings:
        return []
    if not counts.meetings_late:
        words = _("For all meetings of the last %(time)s, papers came %(ahead)s ahead.") % {
            "time": _time(agency, SIGNAL_MEETINGS),
            "ahead": _time(agency, MATERIALS_AHEAD),
        }
        return [Sign("materials", _("Papers for meetings"), words)]
    said = ngettext(
        "For %(late)d of %(all)d meeting, papers came less than %(ahead)s ahead, or not at all.",
        "For %(late)d of %(all)d meetings, papers came less than %(ahead)s ahead, or not at all.",
        counts.meetings,
    )
    return [
        Sign(
            "materials",
            _("Papers for meetings"),
            said
            % {
                "late": counts.meetings_late,
                "all": counts.meetings,
                "ahead": _time(agency, MATERIALS_AHEAD),
            },
            _("Send the packet at least %(ahead)s before the next meeting, also on paper.")
            % {"ahead": _time(agency, MATERIALS_AHEAD)},
            alert=True,
        )
    ]


def _turnover(counts: SignalCounts, agency: Agency, *, every: bool) -> list[Sign]:
    """Inside, seats are no secret; that those who left were consumers is."""
    if not counts.seats_before:
        return []
    said = ngettext(
        "In the last %(time)s, %(left)d of %(all)d person gave up the seat.",
        "In the last %(time)s, %(left)d of %(all)d people gave up their seat.",
        counts.seats_before,
    )
    many = 3 * counts.seats_left >= counts.seats_before
    found = [
        Sign(
            "turnover",
            _("Who stays"),
            said
            % {
                "left": counts.seats_left,
                "all": counts.seats_before,
                "time": _time(agency, SIGNAL_TURNOVER),
            },
            _("Ask those who left what would have made them stay.") if many else "",
            alert=many,
        )
    ]
    if (
        every
        and counts.consumers_before
        and 3 * counts.consumers_left >= counts.consumers_before > 1
    ):
        words = _("A third or more of the consumers gave up their seat in the last %(time)s.") % {
            "time": _time(agency, SIGNAL_TURNOVER)
        }
        todo = _("Ask them, outside the meeting, what would have made them stay.")
        found.append(Sign("turnover_consumers", _("Consumers who stay"), words, todo, alert=True))
    return found
