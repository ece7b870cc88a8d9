"""A month as it really was: everything that happened can be recorded.

Each fact is tried as somebody who records for the group. Whether it counts is not the question
here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from accounts.actions import enter_member
from accounts.models import Member, StandingKind
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking import actions as ranking_actions
from devtools.seating import seat
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.themes import actions as hearing
from dialogues.voices import actions as speaking
from foundation.models import Agency
from foundation.refusals import Refusal, Refused
from groups import actions as groups
from groups import rules
from groups.models import Choice, Group, GroupKind, Meeting, Office, Seat
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from tests.cells.conftest import close
from tests.conftest import Enter

DAY = timedelta(days=1)
Fact = Callable[["Month"], object]
FACTS: dict[str, Fact] = {}


@dataclass
class Month:
    """The people, and what they have in the portal."""

    agency: Agency
    facilitator: Member
    chair: Member
    consumer: Member
    provider: Member
    left: Member
    newcomer: Member
    stranger: Member
    committee: Group
    council: Group
    ended: Cell
    dialogue: Dialogue
    measure: Measure
    plan: ActionPlan

    @property
    def today(self) -> date:
        return self.agency.today()

    def met(self, group: Group, days: int, by: Member | None = None) -> Meeting:
        starts = now() - days * DAY
        return groups.plan_meeting(group, starts_at=starts, by=by or self.facilitator)

    def came(self, meeting: Meeting, *people: Member) -> object:
        present = {person: Decimal(1) for person in people}
        return groups.record_attendance(meeting, present=present, by=self.facilitator)

    def decided(self, group: Group, days: int, by: Member, **given: Any) -> object:
        on = self.today - days * DAY
        return groups.write_down(group, title="Tea", text="Offer tea.", on=on, by=by, **given)


def fact(told: str) -> Callable[[Fact], Fact]:
    def keep(act: Fact) -> Fact:
        FACTS[told] = act
        return act

    return keep


@fact("a committee met without a quorum, and the minutes say so")
def _(month: Month) -> object:
    met = month.met(month.committee, 9, month.chair)
    return groups.record_minutes(met, minutes="Only Chidi came.", by=month.chair)


@fact("a group met before it was entered in the portal")
def _(month: Month) -> object:
    return month.came(month.met(month.council, 700), month.provider)


@fact("a group met for the last time after its last day")
def _(month: Month) -> object:
    return month.came(month.met(month.ended.group, 0), month.provider, month.consumer)


@fact("a meeting was called off, and took place on another day")
def _(month: Month) -> object:
    met = month.met(month.council, 5)
    groups.cancel_meeting(met, by=month.facilitator)
    return month.came(month.met(month.council, 4), month.provider)


@fact("nobody came")
def _(month: Month) -> object:
    return groups.hold(month.met(month.council, 3), by=month.facilitator)


@fact("a guest, somebody who left, and somebody who joined the portal later were there")
def _(month: Month) -> object:
    met = month.met(month.council, 200)
    return month.came(met, month.stranger, month.left, month.newcomer)


@fact("a meeting lasted all day")
def _(month: Month) -> object:
    met = month.met(month.council, 2)
    present = {month.provider: Decimal(14)}
    return groups.record_attendance(met, present=present, by=month.facilitator)


@fact("a dialogue session was held by one side only, without the sick co-facilitator")
def _(month: Month) -> object:
    return month.came(month.met(month.dialogue.group, 6), month.provider)


@fact("one consumer alone was there")
def _(month: Month) -> object:
    return month.came(month.met(month.dialogue.group, 7), month.consumer)


@fact("the committee decided on paper, without a quorum")
def _(month: Month) -> object:
    return month.decided(month.committee, 9, month.chair, said={month.chair: "agree"})


@fact("a decision was written down as numbers, over an objection")
def _(month: Month) -> object:
    return month.decided(
        month.council, 40, month.facilitator, numbers={"agree": 4, "object": 1}, objections="Cost."
    )


@fact("somebody voted who has left since")
def _(month: Month) -> object:
    return month.decided(month.council, 90, month.facilitator, said={month.left: "object"})


@fact("a decision was made before anybody had joined the portal")
def _(month: Month) -> object:
    return month.decided(month.council, 3000, month.facilitator, said={month.newcomer: "agree"})


@fact("an open proposal was decided in the room")
def _(month: Month) -> object:
    proposal = groups.propose(month.council, title="Tea", text="Tea.", by=month.facilitator)
    return month.decided(month.council, 0, month.facilitator, decision=proposal)


@fact("a group that has ended had decided something in its last meeting")
def _(month: Month) -> object:
    return month.decided(month.ended.group, 1, month.facilitator)


@fact("a group looked at its decision again last week, late")
def _(month: Month) -> object:
    people = dict.fromkeys((month.provider, month.consumer, month.left), "agree")
    decision = groups.write_down(
        month.council,
        title="Tea",
        text="Tea.",
        on=month.today - 60 * DAY,
        said=people,
        waiver="We were three.",
        by=month.facilitator,
    )
    on = month.today - 7 * DAY
    return groups.look_again(decision, finding="keep", note="Fine.", on=on, by=month.facilitator)


@fact("a cell put its ideas in order in the room, with three people")
def _(month: Month) -> object:
    idea = month.plan.opportunity
    return ranking_actions.write_down_ranking(
        month.ended, on=month.today - 80 * DAY, places={idea: 1}, took_part=3, by=month.facilitator
    )


@fact("a test was done on paper in a cell that has ended, before its plan was whole")
def _(month: Month) -> object:
    cycle = plan_actions.record_cycle(
        month.plan,
        title="One desk",
        what="Water at one desk.",
        happened="People drank.",
        from_day=month.today - 30 * DAY,
        to_day=month.today - 20 * DAY,
        by=month.provider,
    )
    return plan_actions.record_study(
        cycle, foretold="no", learned="They like it.", by=month.provider
    )


@fact("a number of a cell that has ended comes late")
def _(month: Month) -> object:
    period = month.today.replace(day=1) - 70 * DAY
    return number_actions.record_point(
        month.measure,
        period=period,
        numerator=Decimal(3),
        denominator=Decimal(4),
        by=month.provider,
    )


@fact("a theme was heard on a sheet before the dialogue was entered in the portal")
def _(month: Month) -> object:
    said = speaking.contribute(
        month.agency, dialogue=month.dialogue, text="Nobody asks us.", by=month.consumer
    )
    return hearing.harvest(
        month.dialogue,
        title="Being asked",
        words=[said],
        on=month.today - 400 * DAY,
        by=month.facilitator,
    )


def refused(month: Month, facts: Iterable[str]) -> dict[str, str]:
    """By fact, why it was refused; each is tried separately."""
    found = {}
    for told in facts:
        try:
            with transaction.atomic():
                FACTS[told](month)
                transaction.set_rollback(True)
        except (Refused, ValidationError) as no:
            found[told] = str(no)
    return found


@pytest.fixture
def month(
    agency: Agency,
    administrator: Member,
    facilitator: Member,
    committee_chair: Member,
    consumer: Member,
    provider: Member,
    enter: Enter,
    long_ago: date,
) -> Month:
    today, start = agency.today(), agency.today() - 100 * DAY
    left = enter("Lee", StandingKind.PROVIDER)
    newcomer = enter_member(
        by=administrator,
        name="Nel Example",
        display_name="Nel",
        since=today,
        standings=(StandingKind.PRIMARY_CONSUMER,),
    )
    bodies = {}
    for kind, people in (
        (GroupKind.COMMITTEE, (committee_chair, consumer, provider)),
        (GroupKind.COUNCIL, (consumer, provider, left)),
    ):
        group = groups.open_group(agency, kind=kind, name=kind.value, by=administrator, on=start)
        for member in people:
            office = Office.CHAIR if member == committee_chair else Office.NONE
            seat(group, member, office=office, since=start, by=administrator)
        bodies[kind] = group
    council = bodies[GroupKind.COUNCIL]
    gone = Seat.objects.within(agency).get(group=council, member=left)
    groups.end_seat(gone, on=today - 20 * DAY, by=administrator, late_reason="Told late.")
    dialogue = holding.open_dialogue(agency, by=facilitator, name="Talk", on=start)
    cell, measure, plan = _ended_cell(facilitator, consumer, provider, start)
    return Month(
        agency=agency,
        facilitator=facilitator,
        chair=committee_chair,
        consumer=consumer,
        provider=provider,
        left=left,
        newcomer=newcomer,
        stranger=enter("Guest", StandingKind.OTHER),
        committee=bodies[GroupKind.COMMITTEE],
        council=council,
        ended=cell,
        dialogue=dialogue,
        measure=measure,
        plan=plan,
    )


def _ended_cell(
    facilitator: Member, consumer: Member, provider: Member, start: date
) -> tuple[Cell, Measure, ActionPlan]:
    """A cell that had chosen an idea and ended today."""
    cell = cell_actions.open_cell(name="Cell", focus="Water", by=facilitator, on=start)
    for member in (consumer, provider):
        seat(cell.group, member, since=start, by=facilitator)
    idea = idea_actions.raise_opportunity(cell, by=consumer, kind="problem", title="Water")
    measure = measure_actions.define(
        cell.group,
        name="Seen",
        kind="proportion",
        direction="increase",
        numerator="Seen",
        denominator="All",
        frequency="month",
        source="A sheet",
        collected_by=provider,
        by=facilitator,
    )
    ranking = ranking_actions.write_down_ranking(cell, on=start, places={idea: 1}, by=facilitator)
    decision = ranking_actions.propose_choice(ranking, opportunity=idea, text="Water.", by=consumer)
    for member in (consumer, provider):
        groups.take_position(decision, member=member, choice=Choice.AGREE)
    groups.close_decision(decision, by=facilitator)
    idea.refresh_from_db()
    plan = plan_actions.begin_plan(idea, by=consumer)
    return close(cell, facilitator), measure, plan


def test_nothing_that_happened_is_refused(month: Month) -> None:
    assert refused(month, FACTS) == {}


def test_what_is_contradictory_is_refused_all_the_same(month: Month) -> None:
    for on in (month.today + DAY, month.today + 400 * DAY):
        with pytest.raises(ValidationError):
            groups.write_down(month.council, title="Tea", text="Tea.", on=on, by=month.facilitator)
    coming = groups.plan_meeting(month.council, starts_at=now() + 2 * DAY, by=month.facilitator)
    with pytest.raises(Refused):
        month.came(coming, month.provider)


# Plausible future rules, each with a fact that it would keep out.
PLANTED = {
    "writing_down": "a decision was made before anybody had joined the portal",
    "recording": "a dialogue session was held by one side only, without the sick co-facilitator",
    "entering": "a group met before it was entered in the portal",
    "looking_again": "a group looked at its decision again last week, late",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_rule_that_refuses_the_past_is_found(
    rule: str, month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*args: object, **kwargs: object) -> Refusal:
        return Refusal("It should have been otherwise.")

    monkeypatch.setattr(rules, rule, no)
    assert PLANTED[rule] in refused(month, FACTS)
