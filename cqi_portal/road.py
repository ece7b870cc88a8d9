"""The road of a founding: its milestones, each reached when the agency's records show it."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.anybody import anybody
from accounts.models import Member, RoleGrant, Standing, StandingKind
from accounts.permissions import Permission, Role
from cells.ideas.models import Opportunity
from cells.models import Cell
from compensation.employment.models import EmploymentDecision
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from cqi_portal.policies import CELL_BY, COMMITTEE_BY, DIALOGUE_BY, PAID_BY, PEOPLE_BY
from documents.models import DocumentKind, Version
from foundation import prepared
from foundation.addresses import at
from foundation.models import Agency
from foundation.policies import Limit
from groups import founding
from groups.models import Group, GroupKind, Meeting, MeetingStatus, Seat
from privacy.agreements.models import AgreementKind, DataAgreement
from safety.models import CONTACTS, ContactKind, OutsideContact

Text = str | Promise
Rows = Callable[[Agency, date], QuerySet[Any]]


# Both compared as themselves: comparing titles would translate them.
@dataclass(frozen=True, eq=False)
class Part:
    """One fact that a milestone needs: there once `rows` finds a row for the agency that day.

    `page` is where it can be mended, if that is not the milestone's own page.
    """

    title: Text
    rows: Rows
    page: str = ""


@dataclass(frozen=True, eq=False)
class Milestone:
    """One line of the road: why it matters, the minutes at the portal, who does it, and where.

    `by` is the founding day by which it is meant to be reached; without it, the last one. `needs`
    is the permission for its page. A practice agency does without what is not `practised`.
    """

    title: Text
    why: Text
    minutes: int
    who: Text
    page: str
    parts: tuple[Part, ...]
    by: Limit | None = None
    needs: Permission | None = None
    practised: bool = True


@dataclass(frozen=True)
class PartShown:
    """A part as the page shows it."""

    title: Text
    done: bool
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A milestone as the page shows it; `is_next` for the first that is not reached."""

    title: Text
    why: Text
    minutes: int
    who: Text
    url: str | None
    by: date
    parts: tuple[PartShown, ...]
    is_next: bool

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def reached(self) -> bool:
        return all(part.done for part in self.parts)


@dataclass(frozen=True)
class Road:
    """The lines; `day` is that of the founding, of `days` in all, or None once it is over."""

    lines: tuple[Line, ...]
    day: int | None
    days: int
    last_day: date

    @property
    def reached(self) -> int:
        return sum(line.reached for line in self.lines)


def _plans(agency: Agency, on: date) -> QuerySet[Any]:
    return PlanVersion.objects.within(agency).in_force(on)


def _employment(agency: Agency, on: date) -> QuerySet[Any]:
    return EmploymentDecision.objects.within(agency).on(on)


def _agreement(kind: AgreementKind) -> Rows:
    """An agreement of the kind, or word that none is needed."""

    def rows(agency: Agency, on: date) -> QuerySet[Any]:
        held = DataAgreement.objects.within(agency).in_force(on)
        return held.filter(kind__in=(kind, AgreementKind.OURSELVES))

    return rows


def _part2_said(agency: Agency, on: date) -> QuerySet[Any]:
    return Agency.objects.filter(pk=agency.pk).exclude(part2=None)


def _service_organization(agency: Agency, on: date) -> QuerySet[Any]:
    """Needed by a Part 2 program only."""
    held = _agreement(AgreementKind.SERVICE_ORGANIZATION)(agency, on)
    return Agency.objects.filter(Q(part2=False) | Exists(held), pk=agency.pk).exclude(part2=None)


def _contacts(*kinds: ContactKind) -> Rows:
    return lambda agency, on: OutsideContact.objects.within(agency).filter(
        until=None, kind__in=kinds
    )


def _role(role: Role) -> Rows:
    return lambda agency, on: RoleGrant.objects.within(agency).on(on).filter(role=role)


def _two_consumers(agency: Agency, on: date) -> QuerySet[Any]:
    held = Standing.objects.within(agency).on(on).filter(kind=StandingKind.PRIMARY_CONSUMER)
    return held.order_by("pk")[1:2]


def _two_accounts(agency: Agency, on: date) -> QuerySet[Any]:
    return Member.objects.within(agency).on(on).exclude(user=None).order_by("pk")[1:2]


def _two_people(agency: Agency, on: date) -> QuerySet[Any]:
    return Member.objects.within(agency).on(on).order_by("pk")[1:2]


def _groups(*kinds: GroupKind) -> Rows:
    return lambda agency, on: Group.objects.within(agency).lasting(on).filter(kind__in=kinds)


def _held(agency: Agency, on: date) -> QuerySet[Any]:
    held = Meeting.objects.within(agency).filter(group__kind=GroupKind.DIALOGUE, on__lte=on)
    return held.filter(status=MeetingStatus.HELD)


def _paid(agency: Agency, on: date) -> QuerySet[Any]:
    return Payment.objects.within(agency).filter(reversed_on=None)


def _cells(agency: Agency, on: date) -> QuerySet[Any]:
    return Cell.objects.within(agency).open(on)


def _from_theme(agency: Agency, on: date) -> QuerySet[Any]:
    return Opportunity.objects.within(agency).filter(origin_type="theme")


def _consumers_seated(agency: Agency, on: date) -> QuerySet[Any]:
    seats = Seat.objects.within(agency).on(on).voting().of_consumers()
    return seats.filter(group__kind=GroupKind.COMMITTEE)


def _adopted(kind: DocumentKind) -> Rows:
    return lambda agency, on: Version.objects.within(agency).of(kind).in_force(on)


def _ratified(agency: Agency, on: date) -> QuerySet[Any]:
    return _plans(agency, on).exclude(ratified_on=None)


YOU = _("You")
YOU_OR_FACILITATOR = _("You, or a facilitator")
FACILITATORS = _("Your facilitators")

ROAD = (
    Milestone(
        title=_("Decide how you pay for people’s time"),
        why=_(
            "People give you their time and what they know. Tell them what an hour is worth before "
            "you ask for one."
        ),
        minutes=20,
        who=YOU,
        page="compensation:plan",
        parts=(
            Part(
                _("How people are paid: as contractors, as employees or otherwise"),
                _employment,
                "compensation:decide_employment",
            ),
            Part(_("A payment plan in force"), _plans),
        ),
        by=PEOPLE_BY,
    ),
    Milestone(
        title=_("Record your agreements"),
        why=_("The law asks for them before the first real person’s name is entered."),
        minutes=10,
        who=YOU,
        page="privacy:agreements",
        parts=(
            Part(_("Whether you are a Part 2 program"), _part2_said),
            Part(
                _("The business associate agreement"), _agreement(AgreementKind.BUSINESS_ASSOCIATE)
            ),
            Part(
                _("For a Part 2 program, the service organization agreement"), _service_organization
            ),
        ),
        by=PEOPLE_BY,
        practised=False,
    ),
    Milestone(
        title=_("Enter outside contacts and your state’s reporting rule"),
        why=_(
            "Wherever somebody writes about a fear or a danger, they see whom to call outside the "
            "agency."
        ),
        minutes=15,
        who=YOU,
        page="safety:contacts",
        parts=(
            Part(_("An outside contact"), _contacts(*CONTACTS)),
            Part(_("Your state’s reporting rule and hotline"), _contacts(ContactKind.REPORTING)),
        ),
        by=PEOPLE_BY,
    ),
    Milestone(
        title=_("Invite people who said yes"),
        why=_(
            "Ask each person first. Start small: two people who use your services, somebody from "
            "staff who facilitates, and two people who approve and make payments."
        ),
        minutes=10,
        who=YOU,
        page="accounts:people",
        parts=(
            Part(
                _("People besides you, from a list or one by one"),
                _two_people,
                "accounts:bring_list",
            ),
            Part(
                _("Two people who use your services"), _two_consumers, "accounts:how_they_take_part"
            ),
            Part(_("A facilitator"), _role(Role.FACILITATOR)),
            Part(_("Somebody who approves payments"), _role(Role.APPROVER)),
            Part(_("Somebody who makes payments"), _role(Role.PAYER)),
            Part(_("Somebody besides you who can sign in"), _two_accounts),
        ),
        by=PEOPLE_BY,
    ),
    Milestone(
        title=_("Hold a first dialogue"),
        why=_(
            "Everything begins with listening: consumers and staff talk about what helps and what "
            "gets in the way."
        ),
        minutes=15,
        who=FACILITATORS,
        page="dialogues:dialogues",
        parts=(
            Part(_("A dialogue, open"), _groups(GroupKind.DIALOGUE)),
            Part(_("A session, held"), _held),
        ),
        by=DIALOGUE_BY,
    ),
    Milestone(
        title=_("Pay those who came"),
        why=_("The first payment, soon and without a form, shows that you mean it."),
        minutes=15,
        who=_("Your approver and your payer"),
        page="compensation:payments",
        parts=(Part(_("A first payment"), _paid),),
        by=PAID_BY,
        needs=Permission.SEE_PAYMENTS,
    ),
    Milestone(
        title=_("Open a first cell"),
        why=_("A cell turns what people said into a change that you can measure."),
        minutes=15,
        who=YOU_OR_FACILITATOR,
        page="cells:cells",
        parts=(
            Part(_("A cell, open"), _cells),
            Part(_("An improvement idea from a theme"), _from_theme),
        ),
        by=CELL_BY,
    ),
    Milestone(
        title=_("Let consumers choose the founding committee"),
        why=_(
            "The oversight committee judges the program, so it isn’t chosen by those who run it: "
            "the consumers of the first dialogues choose."
        ),
        minutes=30,
        who=_("You for the governing body, consumers for the committee"),
        page="groups:list",
        parts=(
            Part(_("The governing body"), _groups(GroupKind.GOVERNING_BODY)),
            Part(_("The oversight committee"), _groups(GroupKind.COMMITTEE)),
            Part(_("Consumers with a vote on the committee"), _consumers_seated),
        ),
        by=COMMITTEE_BY,
    ),
    Milestone(
        title=_("Adopt your mission, process and charter"),
        why=_(
            "They say what the program stands for, how it works, and what the committee may do. "
            "When the founding ends, they have to stand."
        ),
        minutes=60,
        who=_("The committee and the governing body; you write the drafts"),
        page="documents:list",
        parts=(
            Part(_("The charter"), _adopted(DocumentKind.CHARTER)),
            Part(_("The mission statement"), _adopted(DocumentKind.MISSION)),
            Part(_("The description of the process"), _adopted(DocumentKind.PROCESS)),
            Part(_("The rate, ratified by consumers of the committee"), _ratified),
        ),
    ),
)


def road_of(member: Member, on: date) -> Road | None:
    """The road for an administrator; None for anybody else, and once everything is reached.

    After the founding, only the lines that are open.
    """
    if not member.may(Permission.MANAGE_SETTINGS):
        return None
    agency = member.agency
    milestones = [each for each in ROAD if each.practised or not agency.sandbox]
    found = _found(member, on)
    open_ones = [each for each in milestones if not found.issuperset(each.parts)]
    if not open_ones:
        return None
    day = founding.day_number(agency, on)
    if day is None:
        milestones = open_ones
    lines = tuple(_line(each, found, member, is_next=each is open_ones[0]) for each in milestones)
    last_day = founding.last_day(agency)
    return Road(
        lines=lines,
        day=day,
        days=(last_day - founding.first_day(agency)).days + 1,
        last_day=last_day,
    )


def _line(milestone: Milestone, found: Set[Part], member: Member, *, is_next: bool) -> Line:
    agency = member.agency
    may = milestone.needs is None or member.may(milestone.needs)
    by = founding.last_day(agency)
    if milestone.by is not None:
        by = min(by, founding.first_day(agency) + timedelta(days=milestone.by.value - 1))
    return Line(
        title=milestone.title,
        why=milestone.why,
        minutes=milestone.minutes,
        who=milestone.who,
        url=at(agency, milestone.page) if may else None,
        by=by,
        parts=tuple(_part(part, agency, done=part in found) for part in milestone.parts),
        is_next=is_next,
    )


def _part(part: Part, agency: Agency, *, done: bool) -> PartShown:
    return PartShown(part.title, done, at(agency, part.page) if part.page and not done else "")


def _found(member: Member, on: date) -> frozenset[Part]:
    """The parts that are there, in one query."""
    parts = [part for milestone in ROAD for part in milestone.parts]
    anyone = anybody(member, on, ruled=False)
    kept = prepared.prepared(
        (_found, *anyone.key), lambda: _asked(parts, anyone.member, on), anyone.stand_ins
    )
    [row] = kept.tuples(anyone.values)
    return frozenset(part for part, there in zip(parts, row, strict=True) if there)


def _asked(parts: Sequence[Part], member: Member, on: date) -> QuerySet[Any]:
    agency = member.agency
    each = {f"part_{number}": Exists(part.rows(agency, on)) for number, part in enumerate(parts)}
    return Agency.objects.filter(pk=agency.pk).annotate(**each).values_list(*each)
