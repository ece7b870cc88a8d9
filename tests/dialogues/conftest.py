"""A dialogue with both co-facilitators, a cell, and what people said; by the actions."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import Member, StandingKind
from cells.cell.actions import open_cell
from cells.cell.models import Cell
from devtools.seating import accept, seat
from devtools.states import state
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.readers import actions as reading_actions
from dialogues.readers.models import ReaderSide
from dialogues.themes import actions as hearing
from dialogues.themes.models import Theme
from dialogues.voices import actions as speaking
from dialogues.voices.models import Contribution
from foundation import flood
from foundation.models import Agency
from groups.actions import plan_meeting, record_attendance
from groups.models import Meeting, Office

Hold = Callable[..., Meeting]


@pytest.fixture(autouse=True)
def no_flood() -> Iterator[None]:
    flood.forget()
    yield
    flood.forget()


@pytest.fixture
def today(agency: Agency) -> date:
    return agency.today()


@pytest.fixture
def later(time_machine: TimeMachineFixture) -> Callable[[int], None]:
    """Let this many days go by."""

    def later(days: int) -> None:
        time_machine.move_to(timezone.now() + timedelta(days=days))

    return later


@pytest.fixture
def start(today: date) -> date:
    return today - timedelta(days=120)


@state
def bare(agency: Agency, facilitator: Member, start: date) -> Dialogue:
    """A dialogue that was just opened."""
    return holding.open_dialogue(
        agency, by=facilitator, name="Open door", purpose="We talk.", on=start
    )


@state
def dialogue(
    bare: Dialogue, consumer: Member, provider: Member, facilitator: Member, start: date
) -> Dialogue:
    """Co-facilitated by Rosa (a consumer) and Priya (a provider)."""
    for member, standing in (
        (consumer, StandingKind.PRIMARY_CONSUMER),
        (provider, StandingKind.PROVIDER),
    ):
        offer = holding.name_co_facilitator(
            bare,
            member,
            standing=standing,
            by=facilitator,
            since=start,
            agreed=True,
            late_reason="It stood on paper.",
        )
        accept(offer)
    return bare


@state
def focused(dialogue: Dialogue, facilitator: Member, start: date) -> Dialogue:
    return holding.grow(
        dialogue, by=facilitator, name="A say in plans", concern="Having a say", on=start
    )


@state
def hidden(agency: Agency, facilitator: Member, start: date) -> Dialogue:
    """Rosa takes part; only facilitators may know of it besides."""
    return holding.open_dialogue(
        agency, by=facilitator, name="Behind the door", on=start, hidden=True
    )


@state
def in_hidden(hidden: Dialogue, consumer: Member, facilitator: Member, start: date) -> Dialogue:
    seat(hidden.group, consumer, since=start, office=Office.NONE, by=facilitator)
    return hidden


@pytest.fixture
def hold(agency: Agency, dialogue: Dialogue, facilitator: Member) -> Hold:
    """Hold a session this many days ago with these people."""

    def hold(days_ago: int, *people: Member, of: Dialogue = dialogue) -> Meeting:
        on = agency.today() - timedelta(days=days_ago)
        starts_at = datetime.combine(on, time(10), tzinfo=agency.zone)
        meeting = plan_meeting(of.group, starts_at=starts_at, by=facilitator)
        present = {member: Decimal("1.5") for member in people}
        record_attendance(meeting, present=present, by=facilitator)
        meeting.refresh_from_db(from_queryset=Meeting.objects.within(agency))
        return meeting

    return hold


@state
def said(agency: Agency, dialogue: Dialogue, second_consumer: Member) -> Contribution:
    """What Sam said, with his name."""
    return speaking.contribute(
        agency,
        by=second_consumer,
        dialogue=dialogue,
        text="Nobody shows me my plan before the meeting.",
    )


@state
def theme(dialogue: Dialogue, said: Contribution, consumer: Member) -> Theme:
    """Harvested by Rosa, who co-facilitates without any role."""
    return hearing.harvest(
        dialogue,
        by=consumer,
        title="People want to see their plan",
        words=[said],
        quote="Nobody shows me my plan",
    )


@state
def cell(agency: Agency, facilitator: Member, start: date) -> Cell:
    return open_cell(name="Plans together", focus="Plans", by=facilitator, on=start)


@state
def program_readers(
    agency: Agency,
    dialogue: Dialogue,
    consumer: Member,
    facilitator: Member,
    administrator: Member,
    today: date,
) -> None:
    """Rosa (a consumer) and Femi are named to read words to the whole program."""
    for member, side in ((consumer, ReaderSide.CONSUMER), (facilitator, ReaderSide.STAFF)):
        reading_actions.name_reader(agency, member, side=side, since=today, by=administrator)
