"""Who reads which words: what pages promise, and what each person can really open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, Member
from devtools.seating import seat
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.readers import actions as reading_actions
from dialogues.readers import reading as readers
from dialogues.readers.models import ProgramReader, ReaderSide
from dialogues.readers.reading import Reader
from dialogues.themes import actions as hearing
from dialogues.themes.models import Theme
from dialogues.voices import actions as speaking
from dialogues.voices.models import Contribution, Voice
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.actions import change_office
from groups.models import Office, Seat
from notifications.models import Message
from tests.conftest import Login

Later = Callable[[int], None]


@dataclass(frozen=True)
class Said:
    """What was said where, in words that occur on no other page."""

    text: str
    dialogue: Dialogue | None
    by_nobody: bool
    author: Member | None


@pytest.fixture
def everywhere(
    agency: Agency,
    dialogue: Dialogue,
    in_hidden: Dialogue,
    program_readers: None,
    enter: Callable[..., Member],
    later: Later,
) -> list[Said]:
    """One thing said in each way, a day ago; some are already in a theme."""
    author = enter("Wanda")
    found = []
    for name, place in (("door", dialogue), ("hidden", in_hidden), ("program", None)):
        for way in ("named", "quiet", "voice"):
            for harvested in (False, True):
                text = f"secret-{name}-{way}-{'heard' if harvested else 'unheard'}"
                by_nobody = way == "voice"
                if by_nobody:
                    speaking.speak_anonymously(
                        agency,
                        receipt=text.upper().ljust(12, "X"),
                        text=text,
                        dialogue_id=place.pk if place else None,
                    )
                else:
                    speaking.contribute(
                        agency, by=author, dialogue=place, text=text, named=way == "named"
                    )
                found.append(Said(text, place, by_nobody, None if by_nobody else author))
    later(1)
    return found


@pytest.fixture
def harvested(everywhere: list[Said], dialogue: Dialogue, facilitator: Member) -> list[Said]:
    agency = facilitator.agency
    for said in everywhere:
        if said.text.endswith("-heard"):
            model = Voice if said.by_nobody else Contribution
            words = model.objects.within(agency).get(text=said.text)
            title = f"Theme of {said.text.removeprefix('secret-')}"
            where = said.dialogue or dialogue
            hearing.harvest(where, by=facilitator, title=title, words=[words])
    return everywhere


def pages(agency: Agency) -> list[str]:
    """All pages that show anything people say."""
    of_dialogue = ("dialogue", "harvest", "unheard", "say_in", "closings")
    of_theme = ("theme", "add_words", "story", "convert", "reply", "dispose")
    plain = (
        "dialogues",
        "have_your_say",
        "my_words",
        "say",
        "unheard_program",
        "enter_for_someone",
    )
    dialogues = Dialogue.objects.within(agency).values_list("pk", flat=True)
    themes = Theme.objects.within(agency).values_list("pk", flat=True)
    return [
        *(at(agency, f"dialogues:{name}") for name in plain),
        *(at(agency, f"dialogues:{name}", pk=pk) for name in of_dialogue for pk in dialogues),
        *(at(agency, f"dialogues:{name}", pk=pk) for name in of_theme for pk in themes),
        at(agency, "accounts:activity"),
        at(agency, "accounts:activity_csv"),
        at(agency, "home_of"),
    ]


def opened(client: Client, agency: Agency) -> str:
    return "".join(client.get(url).getvalue().decode() for url in pages(agency))


def test_each_person_can_open_what_they_are_promised_to_read_and_nothing_else(
    harvested: list[Said],
    agency: Agency,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    manager: Member,
    administrator: Member,
    committee_chair: Member,
    enter: Callable[..., Member],
    login: Login,
) -> None:
    people = [
        consumer,
        second_consumer,
        provider,
        facilitator,
        manager,
        administrator,
        committee_chair,
        enter("Nobody"),
    ]
    author = Member.objects.within(agency).get(display_name="Wanda")
    for member in [*people, author]:
        page = opened(login(member), agency)
        seen = {said.text for said in harvested if said.text in page}
        promised = {
            said.text
            for said in harvested
            if said.author == member
            or readers.reads(_again(member), said.dialogue, by_nobody=said.by_nobody)
        }
        # Quotes and a theme's own words are for everybody; here nothing was quoted.
        assert seen == promised, member


def _again(member: Member) -> Member:
    today = member.agency.today()
    return Member.objects.within(member.agency).on(today).with_roles(today).get(pk=member.pk)


def test_a_co_facilitator_who_was_not_named_reads_nothing_said_to_the_program(
    harvested: list[Said], agency: Agency, dialogue: Dialogue, provider: Member, login: Login
) -> None:
    page = opened(login(provider), agency)
    assert "secret-door-voice-unheard" in page
    assert "secret-program" not in page
    words = Contribution.objects.within(agency).unheard().filter(dialogue=None)[0]
    with pytest.raises(Refused):
        hearing.harvest(dialogue, by=provider, title="Taken", words=[words])


def test_the_promise_names_just_the_parts_that_the_rule_lets_read(
    agency: Agency, dialogue: Dialogue, program_readers: None
) -> None:
    in_dialogue, as_nobody, to_all = (
        readers.promise(agency, place, by_nobody=by_nobody)
        for place, by_nobody in ((dialogue, False), (dialogue, True), (None, False))
    )
    law = in_dialogue[-1]
    assert {as_nobody[-1], to_all[-1]} == {law}
    assert len(in_dialogue) == len(readers.readers(dialogue, by_nobody=False)) + 2
    assert len(as_nobody) == len(readers.readers(dialogue, by_nobody=True)) + 2
    assert readers.readers(None, by_nobody=True) == {Reader.NAMED}
    assert "2 people" in to_all[0]


def test_the_pages_on_which_people_speak_carry_the_promise(
    agency: Agency,
    dialogue: Dialogue,
    program_readers: None,
    second_consumer: Member,
    login: Login,
) -> None:
    client = login(second_consumer)
    open_page = reverse("dialogues_open:voice", args=[dialogue.doors.get(closed_on=None).code])
    for url, place, by_nobody in (
        (at(agency, "dialogues:say_in", pk=dialogue.pk), dialogue, False),
        (at(agency, "dialogues:say"), None, False),
        (open_page, dialogue, True),
    ):
        page = client.get(url).content.decode()
        for line in readers.promise(agency, place, by_nobody=by_nobody):
            assert line in page


def test_while_nobody_is_named_the_program_takes_no_words_and_says_who_else_does(
    agency: Agency,
    dialogue: Dialogue,
    facilitator: Member,
    second_consumer: Member,
    login: Login,
) -> None:
    door = holding.open_door(agency, None, by=facilitator)
    page = Client().get(reverse("dialogues_open:voice", args=[door.code])).content.decode()
    other = reverse("dialogues_open:voice", args=[dialogue.doors.get(closed_on=None).code])
    assert other in page
    assert "<textarea" not in page
    with pytest.raises(Refused):
        speaking.contribute(agency, by=second_consumer, text="To all")
    with pytest.raises(Refused):
        speaking.speak_anonymously(agency, receipt="A" * 12, text="To all")
    with pytest.raises(Refused):
        speaking.enter_for_someone(agency, by=facilitator, text="To all", consented=True)
    url = at(agency, "dialogues:say")
    sent = {"prompt": "other", "text": "To all", "named": "unnamed", "submission": "0" * 32}
    assert login(second_consumer).post(url, sent).status_code == 422
    sent["dialogue"] = code_of(dialogue)
    assert login(second_consumer).post(url, sent).status_code == 302


def test_a_reader_is_named_by_an_administrator_with_an_event_and_is_told(
    agency: Agency,
    dialogue: Dialogue,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    facilitator: Member,
    administrator: Member,
    today: date,
    later: Later,
) -> None:
    def name(member: Member, side: str, by: Member = administrator, since: date = today) -> None:
        reading_actions.name_reader(agency, member, side=side, since=since, by=by)

    with pytest.raises(Refused):
        name(consumer, ReaderSide.CONSUMER, by=facilitator)
    for member, side, since in (
        (consumer, ReaderSide.STAFF, today),
        (provider, ReaderSide.CONSUMER, today),
        (second_consumer, ReaderSide.CONSUMER, today),
        (consumer, ReaderSide.CONSUMER, today - timedelta(days=1)),
    ):
        with pytest.raises(ValidationError):
            name(member, side, since=since)
    name(consumer, ReaderSide.CONSUMER)
    with pytest.raises(ValidationError):
        name(consumer, ReaderSide.CONSUMER)
    assert readers.reads_program(consumer)
    assert not readers.reads_program(provider)
    events = Event.objects.within(agency).filter(name__startswith="reader.")
    assert [(event.name, event.actor) for event in events] == [("reader.named", administrator)]
    assert Message.objects.within(agency).filter(member=consumer, code="reader.named").count() == 1
    named = ProgramReader.objects.within(agency).get()
    with pytest.raises(Refused):
        reading_actions.end_reader(named, on=today, by=facilitator)
    reading_actions.end_reader(named, on=today + timedelta(days=1), by=administrator)
    assert readers.reads_program(consumer)
    later(1)
    assert not readers.reads_program(consumer)


def test_who_no_longer_leads_a_dialogue_no_longer_reads(
    agency: Agency,
    dialogue: Dialogue,
    program_readers: None,
    consumer: Member,
    facilitator: Member,
    today: date,
) -> None:
    held = Seat.objects.within(agency).get(group=dialogue.group, member=consumer)
    change_office(held, office=Office.NONE, on=today, by=facilitator)
    assert not readers.reads_program(consumer)
    assert "1 person" in readers.promise(agency, None)[0]


def test_a_reader_s_name_is_shown_by_their_own_choice_and_never_outside(
    agency: Agency, program_readers: None, consumer: Member, administrator: Member
) -> None:
    named = ProgramReader.objects.within(agency).get(member=consumer)

    def told(*, names: bool = True) -> str:
        return " ".join(readers.promise(agency, None, names=names))

    assert "Rosa" not in told()
    with pytest.raises(Refused):
        reading_actions.show_name(named, shows=True, by=administrator)
    reading_actions.show_name(named, shows=True, by=consumer)
    assert "Rosa" in told()
    assert "Femi" not in told()
    assert "Rosa" not in told(names=False)


def test_asking_for_somebody_s_side_is_logged_also_when_it_is_refused(
    agency: Agency,
    dialogue: Dialogue,
    provider: Member,
    administrator: Member,
    today: date,
    login: Login,
) -> None:
    url = at(agency, "dialogues:program_readers")
    sent = {
        "member": code_of(provider),
        "side": "consumer",
        "since": today.isoformat(),
        "submission": "0" * 32,
    }
    assert login(administrator).post(url, sent).status_code == 422
    logged = AccessLog.objects.within(agency).filter(about=provider, reader=administrator)
    assert [row.what for row in logged] == ["standing"]


def test_a_reader_who_leads_no_dialogue_brings_words_into_one(
    agency: Agency,
    dialogue: Dialogue,
    focused: Dialogue,
    program_readers: None,
    second_consumer: Member,
    consumer: Member,
    facilitator: Member,
    start: date,
    login: Login,
) -> None:
    seat(focused.group, second_consumer, since=start, by=facilitator)
    words = speaking.contribute(agency, by=second_consumer, text="To everyone")
    inside = speaking.contribute(agency, by=second_consumer, dialogue=focused, text="Inside only")
    page = login(consumer).get(at(agency, "dialogues:harvest", pk=focused.pk)).content.decode()
    assert words.text in page
    assert inside.text not in page
    with pytest.raises(Refused):
        hearing.harvest(focused, by=consumer, title="x", words=[inside])
    hearing.harvest(focused, by=consumer, title="For all", words=[words])


def test_the_seat_form_logs_a_standing_that_is_asked_through_it(
    agency: Agency, dialogue: Dialogue, facilitator: Member, second_consumer: Member, login: Login
) -> None:
    url = at(agency, "groups:add_seat", pk=dialogue.group_id)
    sent = {
        "member": code_of(second_consumer),
        "standing": "provider",
        "voting": "no",
        "since": agency.today().isoformat(),
        "submission": "0" * 32,
    }
    # The offer is made whatever their standing: it reveals nothing, and the look is logged.
    assert login(facilitator).post(url, sent).status_code == 302
    logged = AccessLog.objects.within(agency).filter(about=second_consumer, reader=facilitator)
    assert [row.what for row in logged] == ["standing"]


def test_who_reads_finds_their_own_part_and_lets_their_name_be_shown(
    agency: Agency,
    program_readers: None,
    consumer: Member,
    second_consumer: Member,
    administrator: Member,
    login: Login,
) -> None:
    named = ProgramReader.objects.within(agency).get(member=consumer)
    dialogues = at(agency, "dialogues:dialogues")
    page = at(agency, "dialogues:program_reader", pk=named.pk)
    client = login(consumer)
    assert page in client.get(dialogues).content.decode()
    assert at(agency, "dialogues:end_reader", pk=named.pk) in client.get(page).content.decode()
    assert client.post(page, {"submission": str(uuid4())})["Location"] == page
    named.refresh_from_db()
    assert named.shows_name
    assert page not in login(second_consumer).get(dialogues).content.decode()
    assert login(second_consumer).get(page).status_code == 404
    # People who name readers know of it, but don't decide about the name.
    assert login(administrator).get(page).status_code == 200
    assert login(administrator).post(page, {"submission": str(uuid4())}).status_code == 403
