from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actions.erasure import erase
from accounts.models import Member, StandingKind
from cells.cell.models import Cell
from cells.ideas.models import OpportunityKind
from devtools.seating import accept, seat
from dialogues.dialogue import actions as holding
from dialogues.dialogue import finding as visible
from dialogues.dialogue import rules as dialogue_rules
from dialogues.dialogue.actions import current_rules
from dialogues.dialogue.models import Dialogue, DialogueKind, Stage
from dialogues.readers import rules as reader_rules
from dialogues.stages import actions as leading_on
from dialogues.themes import actions as hearing
from dialogues.themes import rules as theme_rules
from dialogues.themes.models import Theme
from dialogues.told_back import actions as telling
from dialogues.voices import actions as speaking
from dialogues.voices import rules as voice_rules
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.actions import accept_seat, plan_meeting, record_attendance
from groups.models import Meeting, Office, Seat
from notifications.waiting import waiting
from tests.conftest import Login
from tests.dialogues.conftest import Hold


def test_a_dialogue_begins_with_ground_rules_a_stage_and_an_address(
    bare: Dialogue, start: date
) -> None:
    assert current_rules(bare) is not None
    assert [(each.stage, each.on) for each in bare.stage_changes.all()] == [
        (Stage.GATHERING, start)
    ]
    assert bare.doors.filter(closed_on=None).count() == 1
    assert not bare.group.cqi_periods.exists()


def test_a_focused_dialogue_names_its_issue(
    agency: Agency, facilitator: Member, start: date
) -> None:
    with pytest.raises(ValidationError) as error:
        holding.open_dialogue(
            agency, by=facilitator, name="Plans", kind=DialogueKind.FOCUSED, on=start
        )
    assert "concern" in error.value.message_dict


def test_a_focused_dialogue_grows_from_an_open_one_and_keeps_its_ground_rules(
    dialogue: Dialogue, facilitator: Member, today: date
) -> None:
    holding.set_ground_rules(dialogue, text="We listen.", by=facilitator)
    grown = holding.grow(dialogue, by=facilitator, name="Plans", concern="A say", on=today)
    assert grown.grew_from == dialogue
    assert grown.stage == Stage.IDENTIFYING
    rules_now = current_rules(grown)
    assert rules_now is not None
    assert rules_now.text == "We listen."


def test_what_grows_from_a_hidden_dialogue_is_hidden(
    hidden: Dialogue, facilitator: Member, today: date
) -> None:
    grown = holding.grow(hidden, by=facilitator, name="Plans", concern="A say", on=today)
    assert grown.group.hidden


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("facilitator", True),
        ("administrator", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
        ("committee_chair", False),
    ],
)
def test_who_opens_dialogues(request: pytest.FixtureRequest, who: str, may: bool) -> None:
    assert (dialogue_rules.opening(request.getfixturevalue(who)) is None) == may


@pytest.mark.parametrize(
    ("who", "facilitates", "reads"),
    [
        ("facilitator", True, True),  # by role
        ("consumer", True, True),  # co-facilitator, without any role
        ("provider", True, True),  # co-facilitator
        ("second_consumer", False, True),  # takes part
        ("administrator", False, False),
        ("manager", False, False),
        ("committee_chair", False, False),
    ],
)
def test_who_facilitates_a_dialogue_and_who_reads_what_was_said(
    request: pytest.FixtureRequest,
    dialogue: Dialogue,
    facilitator: Member,
    start: date,
    who: str,
    facilitates: bool,
    reads: bool,
) -> None:
    seat(
        dialogue.group,
        request.getfixturevalue("second_consumer"),
        since=start,
        by=facilitator,
    )
    member: Member = request.getfixturevalue(who)
    assert (dialogue_rules.facilitating(dialogue, member) is None) == facilitates
    assert (theme_rules.harvesting(dialogue, member) is None) == facilitates
    assert (reader_rules.reading(dialogue, member) is None) == reads
    assert voice_rules.speaking(dialogue, member) is None


def test_a_session_that_was_held_without_the_sick_co_facilitator_is_recorded_as_it_was(
    agency: Agency,
    bare: Dialogue,
    consumer: Member,
    provider: Member,
    facilitator: Member,
) -> None:
    """The criterion decides whether it counts."""
    on = agency.today() - timedelta(days=3)
    starts_at = datetime.combine(on, time(10), tzinfo=agency.zone)
    meeting = plan_meeting(bare.group, starts_at=starts_at, by=facilitator)
    people = {consumer: Decimal(1), provider: Decimal(1)}
    assert len(record_attendance(meeting, present=people, by=facilitator)) == 2
    assert Meeting.objects.within(agency).get(pk=meeting.pk).status == "held"


@pytest.mark.parametrize("who", ["consumer", "facilitator"])
def test_which_side_has_nobody_is_said_only_to_those_who_may_see_standings(
    bare: Dialogue, consumer: Member, who: str, request: pytest.FixtureRequest, login: Login
) -> None:
    reader: Member = request.getfixturevalue(who)
    offer = holding.name_co_facilitator(
        bare,
        consumer,
        standing=StandingKind.PRIMARY_CONSUMER,
        by=request.getfixturevalue("facilitator"),
        agreed=True,
    )
    accept(offer)
    page = at(bare.agency, "dialogues:dialogue", pk=bare.pk)
    missing = login(reader).get(page).context["page"].missing
    assert bool(missing) == (who == "facilitator")


def test_whoever_runs_a_dialogue_is_led_to_its_orientations(
    bare: Dialogue, consumer: Member, facilitator: Member, administrator: Member, login: Login
) -> None:
    page = at(bare.agency, "dialogues:dialogue", pk=bare.pk)
    listed = at(bare.agency, "compensation:orientations", pk=bare.group_id)
    for reader, runs in ((facilitator, True), (administrator, True), (consumer, False)):
        client = login(reader)
        assert (listed in client.get(page).text) is runs
        assert (client.get(listed).status_code == 200) is runs


def test_an_employed_peer_does_not_stand_for_the_consumers(
    bare: Dialogue, second_consumer: Member
) -> None:
    seats = [
        Seat(
            office=Office.CO_FACILITATOR,
            standing=StandingKind.PRIMARY_CONSUMER,
            employed_peer=True,
        ),
        Seat(office=Office.CO_FACILITATOR, standing=StandingKind.PROVIDER),
    ]
    assert dialogue_rules.co_facilitators(seats) == dialogue_rules.CoFacilitators(
        consumer=False, provider=True
    )


def test_with_both_a_session_is_held_and_later_ones_need_not_ask_again(
    agency: Agency, dialogue: Dialogue, hold: Hold, consumer: Member, provider: Member, today: date
) -> None:
    assert hold(10, consumer, provider).status == "held"
    for mine in Seat.objects.within(agency).filter(group=dialogue.group):
        mine.until = today - timedelta(days=5)
        mine.save()
    assert hold(2, consumer, provider).status == "held"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agreed": False}, "agreed"),
        ({"standing": StandingKind.FAMILY_MEMBER}, "standing"),
    ],
)
def test_a_co_facilitator_is_asked_and_stands_for_their_own_side(
    bare: Dialogue,
    second_consumer: Member,
    facilitator: Member,
    changes: dict[str, object],
    field: str,
) -> None:
    given = {"standing": StandingKind.PRIMARY_CONSUMER, "agreed": True, **changes}
    with pytest.raises(ValidationError) as error:
        holding.name_co_facilitator(bare, second_consumer, by=facilitator, **given)  # type: ignore[arg-type]
    assert field in error.value.message_dict


def test_who_takes_part_can_become_co_facilitator(
    bare: Dialogue, second_consumer: Member, facilitator: Member, start: date
) -> None:
    seat(
        bare.group,
        second_consumer,
        standing=StandingKind.PRIMARY_CONSUMER,
        since=start,
        by=facilitator,
    )
    named = holding.name_co_facilitator(
        bare,
        second_consumer,
        standing=StandingKind.PRIMARY_CONSUMER,
        by=facilitator,
        agreed=True,
    )
    assert accept(named).office == Office.CO_FACILITATOR


def test_naming_somebody_for_a_side_tells_nothing_of_what_they_are(
    bare: Dialogue, second_consumer: Member, facilitator: Member
) -> None:
    """The answer is the same for a consumer; they accept in their own standing."""
    offer = holding.name_co_facilitator(
        bare, second_consumer, standing=StandingKind.PROVIDER, by=facilitator, agreed=True
    )
    assert not bare.group.seats.filter(member=second_consumer).exists()
    taken = accept_seat(offer, by=second_consumer)
    assert taken.standing == StandingKind.PRIMARY_CONSUMER


def test_stages_go_on_one_by_one_when_there_is_reason_to(
    focused: Dialogue, facilitator: Member, cell: Cell, today: date
) -> None:
    with pytest.raises(Refused, match="Nothing to make better"):
        leading_on.advance(focused, by=facilitator)
    words = speaking.contribute(focused.agency, by=facilitator, dialogue=focused, text="Late mail")
    theme = hearing.harvest(focused, by=facilitator, title="Mail comes late", words=[words])
    assert leading_on.advance(focused, by=facilitator).stage == Stage.METHODS
    with pytest.raises(Refused, match="No cell has taken up"):
        leading_on.advance(focused, by=facilitator)
    telling.take_to_cell(
        theme, cell, by=facilitator, kind=OpportunityKind.PROBLEM, title="Mail in time"
    )
    assert leading_on.advance(focused, by=facilitator).stage == Stage.INTEGRATED
    with pytest.raises(Refused, match="last stage"):
        leading_on.advance(focused, by=facilitator)
    reached = list(focused.stage_changes.order_by("pk").values_list("stage", flat=True))
    assert reached == [Stage.IDENTIFYING, Stage.METHODS, Stage.INTEGRATED]


def test_an_open_dialogue_has_one_stage(dialogue: Dialogue, facilitator: Member) -> None:
    with pytest.raises(Refused, match="one stage"):
        leading_on.advance(dialogue, by=facilitator)


def test_the_database_keeps_kind_concern_and_stage_together(dialogue: Dialogue) -> None:
    rows = Dialogue.objects.within(dialogue.agency).filter(pk=dialogue.pk)
    for changes, name in (
        ({"concern": "x"}, "dialogue_focused_on_a_concern"),
        ({"stage": "methods"}, "dialogue_stage_of_its_kind"),
        ({"grew_from": dialogue.pk}, "dialogue_grew_from_another"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**changes)


def test_a_dialogue_ends_when_all_its_themes_are_dealt_with(
    dialogue: Dialogue, theme: Theme, facilitator: Member
) -> None:
    with pytest.raises(Refused, match="what happens next"):
        leading_on.close(dialogue, by=facilitator)
    telling.dispose(theme, by=facilitator, kind="dialogue")
    leading_on.close(dialogue, by=facilitator)
    assert not dialogue.doors.filter(closed_on=None).exists()
    with pytest.raises(Refused, match="has ended"):
        speaking.contribute(dialogue.agency, by=facilitator, dialogue=_again(dialogue), text="x")


def test_ground_rules_are_read_again_when_they_change(
    dialogue: Dialogue, consumer: Member, facilitator: Member, today: date
) -> None:
    def waits() -> bool:
        return any("ground rules" in each.title for each in waiting(consumer, today))

    assert waits()
    holding.acknowledge(dialogue, by=consumer, number=1)
    holding.acknowledge(dialogue, by=consumer, number=1)
    assert not waits()
    holding.set_ground_rules(dialogue, text="We listen first.", by=facilitator)
    assert waits()
    with pytest.raises(ValidationError, match="have changed"):
        holding.acknowledge(dialogue, by=consumer, number=1)
    events = Event.objects.within(dialogue.agency).filter(name="ground_rules.acknowledged")
    assert events.count() == 1


def test_ground_rules_are_for_those_who_take_part(
    dialogue: Dialogue, second_consumer: Member
) -> None:
    with pytest.raises(Refused, match="people in this dialogue"):
        holding.acknowledge(dialogue, by=second_consumer, number=1)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("consumer", True),
        ("facilitator", True),
        ("second_consumer", False),
        ("provider", False),
        ("manager", False),
        ("committee_chair", False),
    ],
)
def test_a_hidden_dialogue_exists_for_its_people_and_facilitators_only(
    request: pytest.FixtureRequest, in_hidden: Dialogue, who: str, sees: bool
) -> None:
    reader: Member = request.getfixturevalue(who)
    assert visible.dialogues(reader).filter(pk=in_hidden.pk).exists() == sees


def test_erasing_a_person_takes_their_name_off_their_words(
    agency: Agency,
    administrator: Member,
    second_consumer: Member,
    dialogue: Dialogue,
    later: Callable[[int], None],
) -> None:
    words = speaking.contribute(agency, by=second_consumer, dialogue=dialogue, text="Thank you")
    erase(second_consumer, by=administrator)
    words.refresh_from_db(from_queryset=type(words).objects.within(agency))
    assert not words.named


def _again(dialogue: Dialogue) -> Dialogue:
    return Dialogue.objects.within(dialogue.agency).select_related("group").get(pk=dialogue.pk)
