"""A small program with all that the adversary wants to know, reached through the actions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.actions import enter_member, found_agency
from accounts.models import Member, StandingKind, User
from accounts.permissions import Role
from cells import actions as cell_actions
from cells.models import Cell, OpportunityKind
from compensation import actions as pay
from devtools.seating import seat
from dialogues import actions as dialogues
from foundation import tenancy
from foundation.models import Agency
from groups import actions as groups
from groups.models import Group, GroupKind
from indicators.actions import catch_up
from tests.security.adversary import on_day

SLUG = "twin"
DAY = timedelta(days=1)
CONSUMER, PROVIDER = StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER


@dataclass(frozen=True)
class Secret:
    """What nobody may guess of Xenia, and of what she wrote."""

    standing: StandingKind = CONSUMER
    pay: str = "accept"
    ballot: tuple[int, ...] = (0, 1)
    wrote_unnamed: bool = True


PEOPLE: dict[str, tuple[StandingKind, tuple[Role, ...]]] = {
    "Rosa": (CONSUMER, ()),
    "Sam": (CONSUMER, ()),
    "Tia": (CONSUMER, ()),
    "Ulf": (CONSUMER, ()),
    "Vic": (CONSUMER, ()),
    "Wim": (CONSUMER, ()),
    "Yan": (CONSUMER, ()),
    "Xenia": (CONSUMER, ()),
    "Oona": (CONSUMER, ()),
    "Chidi": (CONSUMER, (Role.COMMITTEE,)),
    "Priya": (PROVIDER, ()),
    "Pete": (PROVIDER, ()),
    "Quinn": (PROVIDER, ()),
    "Hal": (PROVIDER, ()),
    "Ines": (PROVIDER, ()),
    "Jan": (PROVIDER, ()),
    "Femi": (PROVIDER, (Role.FACILITATOR,)),
    "Aaron": (StandingKind.MANAGER, (Role.APPROVER,)),
    "Paula": (StandingKind.OTHER, (Role.PAYER,)),
    "Mona": (StandingKind.MANAGER, (Role.MANAGEMENT,)),
}
SEATED = (
    *("Rosa", "Sam", "Tia", "Ulf", "Vic", "Wim", "Yan", "Xenia"),
    *("Priya", "Pete", "Quinn", "Hal", "Ines", "Jan"),
)


def build(secret: Secret, today: date) -> dict[str, Member]:
    """A week of the program, with an evening of each day that matters; the people by name."""
    with on_day(today - 9 * DAY):
        agency, people = _enter(secret, today)
    with tenancy.entering(agency):
        with on_day(today - 8 * DAY):
            _seat(agency, people, today - 8 * DAY)
            catch_up(agency)
        with on_day(today - 3 * DAY):
            _pay(agency, people, secret, today - 3 * DAY)
            _vote(people, secret, today - 3 * DAY)
            catch_up(agency)
        with on_day(today - DAY):
            _speak(agency, people, secret)
            catch_up(agency)
        with on_day(today, hour=14):
            catch_up(agency)
    return people


def _enter(secret: Secret, today: date) -> tuple[Agency, dict[str, Member]]:
    agency, ada = found_agency(
        slug=SLUG,
        name="Twin Rivers",
        timezone="America/New_York",
        administrator="Ada Flores",
        email="ada@twin.example",
    )
    people = {"Ada": ada}
    with tenancy.entering(agency):
        for name, (kind, roles) in PEOPLE.items():
            people[name] = enter_member(
                by=ada,
                name=f"{name} Example",
                display_name=name,
                since=today - 400 * DAY,
                standings=(secret.standing if name == "Xenia" else kind,),
                roles=roles,
                user=User.objects.create(email=f"{name.lower()}@twin.example"),
            )
    return agency, people


def _seat(agency: Agency, people: dict[str, Member], on: date) -> None:
    ada, femi = people["Ada"], people["Femi"]
    council = groups.open_group(
        agency, kind=GroupKind.COUNCIL, name="Council on welcome", by=ada, on=on
    )
    cell = cell_actions.open_cell(name="Welcome cell", focus="Welcome", by=femi, on=on)
    for group, by in ((council, ada), (cell.group, femi)):
        for name in SEATED:
            seat(group, people[name], since=on, by=by)


def _pay(agency: Agency, people: dict[str, Member], secret: Secret, on: date) -> None:
    ada = people["Ada"]
    plan = pay.draft(
        text="We pay people for the time they give.",
        hourly_rate=Decimal("20.00"),
        daily_cap=Decimal("50.00"),
        due_days=14,
        by=ada,
    )
    pay.adopt(plan, on=on, by=ada)
    pay.offer_to_all_seated(agency, on=on)
    council = Group.objects.within(agency).get(name="Council on welcome")
    for name in ("Sam", "Tia", "Ulf"):
        pay.elect(people[name], choice="accept", on=on)
    if secret.standing == CONSUMER:
        pay.elect(people["Xenia"], choice=secret.pay, on=on)
    starts = datetime(on.year, on.month, on.day, 10, tzinfo=agency.zone)
    meeting = groups.plan_meeting(council, starts_at=starts, by=ada)
    groups.hold(meeting, by=ada)
    present = {people[name]: Decimal(2) for name in SEATED}
    groups.record_attendance(meeting, present=present, by=ada)


def _vote(people: dict[str, Member], secret: Secret, on: date) -> None:
    femi = people["Femi"]
    cell = Cell.objects.within(femi.agency).get()
    ideas = [
        cell_actions.raise_opportunity(
            cell, by=people["Rosa"], kind=OpportunityKind.PROBLEM, title=title
        )
        for title in ("The wait", "The phone", "The door", "The walk")
    ]
    ranking = cell_actions.open_round(
        cell, opportunities=ideas, votes_each=2, closes_on=on + 14 * DAY, by=femi
    )
    entries = list(ranking.entries.order_by("pk"))
    ballots: Sequence[tuple[str, tuple[int, ...]]] = [
        ("Xenia", secret.ballot),
        # Somebody else votes as she does not, so that the counts are the same.
        ("Yan", (0, 1) if secret.ballot != (0, 1) else (2, 3)),
        *((name, (0, 2)) for name in ("Sam", "Tia", "Ulf", "Vic", "Priya", "Pete", "Quinn")),
    ]
    for name, places in ballots:
        cell_actions.cast(ranking, choices=[entries[place] for place in places], by=people[name])


def _speak(agency: Agency, people: dict[str, Member], secret: Secret) -> None:
    femi, today = people["Femi"], agency.today()
    dialogue = dialogues.open_dialogue(agency, by=femi, name="Open door", on=today)
    for name, standing in (("Tia", CONSUMER), ("Priya", PROVIDER)):
        dialogues.name_co_facilitator(
            dialogue, people[name], standing=standing, by=femi, since=today, agreed=True
        )
    for name in ("Xenia", "Wim", "Rosa"):
        seat(dialogue.group, people[name], since=today, by=femi)
    dialogues.contribute(
        agency, by=people["Wim"], dialogue=dialogue, text="With my name.", named=True
    )
    writer = people["Xenia" if secret.wrote_unnamed else "Wim"]
    for text in ("Nobody listens at the desk.", "The chairs are cold."):
        dialogues.contribute(
            agency, by=writer, dialogue=dialogue, text=text, named=False, key=len(text)
        )


BASE = Secret()
OTHER = {
    "standing": replace(BASE, standing=PROVIDER),
    "declined pay": replace(BASE, pay="decline"),
    "ballot": replace(BASE, ballot=(2, 3)),
    "unnamed words": replace(BASE, wrote_unnamed=False),
}
