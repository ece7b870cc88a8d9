import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Member, StandingKind
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from devtools.seating import seat
from dialogues.dialogue import actions as holding
from dialogues.dialogue.models import Dialogue
from dialogues.themes import actions as hearing
from dialogues.themes.models import Theme
from dialogues.told_back import actions as telling
from dialogues.voices import actions as speaking
from dialogues.voices.models import Contribution, Voice
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from tests.conftest import Login, assert_budget
from tests.dialogues.conftest import Hold


def send(client: Client, url: str, **data: object) -> Any:
    return client.post(url, {"submission": str(uuid4()), **data})


def shown(answer: Any) -> str:
    """The page without its random parts."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


OF_DIALOGUE = ["dialogue", "say_in", "ground_rules", "closings"]
OF_FACILITATORS = [
    "door_of",
    "grow",
    "close",
    "set_ground_rules",
    "harvest",
]
OF_THEME = ["theme", "add_words", "dispose", "convert"]
PLAIN = ["dialogues", "have_your_say", "say", "my_words"]


def test_every_page_opens_for_those_whose_it_is(
    agency: Agency,
    dialogue: Dialogue,
    theme: Theme,
    said: Contribution,
    hold: Hold,
    facilitator: Member,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    login: Login,
) -> None:
    speaking.contribute(agency, by=second_consumer, dialogue=dialogue, text="More words")
    telling.dispose(theme, by=consumer, kind="dialogue")
    meeting = hold(0, consumer, provider)
    everybody = [at(agency, f"dialogues:{name}") for name in PLAIN]
    everybody += [at(agency, f"dialogues:{name}", pk=dialogue.pk) for name in OF_DIALOGUE]
    everybody += [at(agency, "dialogues:story", pk=theme.pk)]
    client = login(second_consumer)
    assert {url: client.get(url).status_code for url in everybody} == dict.fromkeys(everybody, 200)
    # Rosa facilitates by office, without any role.
    running = [
        url
        for name in OF_FACILITATORS
        if name not in {"close", "grow"}
        for url in [at(agency, f"dialogues:{name}", pk=dialogue.pk)]
    ]
    running += [at(agency, f"dialogues:{name}", pk=theme.pk) for name in [*OF_THEME, "reply"]]
    running += [at(agency, "dialogues:closing_questions", pk=meeting.pk)]
    client = login(consumer)
    assert {url: client.get(url).status_code for url in running} == dict.fromkeys(running, 200)
    by_role = [
        at(agency, "dialogues:open_dialogue"),
        at(agency, "dialogues:enter_for_someone"),
        at(agency, "dialogues:door"),
        at(agency, "dialogues:co_facilitator", pk=dialogue.pk),
        at(agency, "dialogues:grow", pk=dialogue.pk),
        at(agency, "dialogues:close", pk=dialogue.pk),
    ]
    client = login(facilitator)
    assert {url: client.get(url).status_code for url in by_role} == dict.fromkeys(by_role, 200)


def test_what_is_not_theirs_is_refused_with_the_reason(
    agency: Agency, dialogue: Dialogue, theme: Theme, second_consumer: Member, login: Login
) -> None:
    client = login(second_consumer)
    names = [*OF_FACILITATORS, "co_facilitator", "advance"]
    urls = [at(agency, f"dialogues:{name}", pk=dialogue.pk) for name in names]
    urls += [at(agency, f"dialogues:{name}", pk=theme.pk) for name in [*OF_THEME, "reply"]]
    urls += [at(agency, f"dialogues:{name}") for name in ("open_dialogue", "door")]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 403)
    sent = {url: send(client, url).status_code for url in urls}
    assert set(sent.values()) == {403, 405}
    page = client.get(at(agency, "dialogues:harvest", pk=dialogue.pk))
    assert "Only those who facilitate this dialogue can do this." in page.content.decode()


def test_a_hidden_dialogue_looks_like_one_that_is_not_there(
    agency: Agency,
    in_hidden: Dialogue,
    consumer: Member,
    facilitator: Member,
    second_consumer: Member,
    login: Login,
) -> None:
    words = speaking.contribute(agency, by=consumer, dialogue=in_hidden, text="Behind")
    theme = hearing.harvest(in_hidden, by=facilitator, title="Behind doors", words=[words])
    client = login(second_consumer)
    pages = [*OF_DIALOGUE, *OF_FACILITATORS, "co_facilitator", "advance"]
    for name, pk in [(name, in_hidden.pk) for name in pages] + [
        (name, theme.pk) for name in [*OF_THEME, "reply", "story"]
    ]:
        found = client.get(at(agency, f"dialogues:{name}", pk=pk))
        unknown = client.get(at(agency, f"dialogues:{name}", pk=987654321))
        assert (found.status_code, unknown.status_code) == (404, 404), name
        assert shown(found) == shown(unknown), name
    for name in ("dialogues", "have_your_say", "say"):
        assert "Behind the door" not in client.get(at(agency, f"dialogues:{name}")).content.decode()
    assert login(consumer).get(at(agency, "dialogues:dialogue", pk=in_hidden.pk)).status_code == 200


def test_only_its_people_read_what_was_said_and_only_who_facilitates_reads_voices(
    agency: Agency,
    dialogue: Dialogue,
    said: Contribution,
    consumer: Member,
    facilitator: Member,
    manager: Member,
    second_consumer: Member,
    start: date,
    login: Login,
    later: Callable[[int], None],
) -> None:
    speaking.speak_anonymously(agency, receipt="A" * 12, text="As nobody", dialogue_id=dialogue.pk)
    later(1)
    seat(dialogue.group, second_consumer, since=start, by=facilitator)
    page, harvest = (
        at(agency, f"dialogues:{name}", pk=dialogue.pk) for name in ("dialogue", "harvest")
    )
    assert said.text in login(second_consumer).get(page).content.decode()
    assert said.text not in login(manager).get(page).content.decode()
    for reader in (second_consumer, manager, consumer):
        assert "As nobody" not in login(reader).get(page).content.decode()
    assert "As nobody" in login(consumer).get(harvest).content.decode()


def test_a_theme_becomes_an_improvement_idea_in_two_pages(
    agency: Agency, theme: Theme, cell: Cell, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    first = client.get(at(agency, "dialogues:theme", pk=theme.pk))
    url = at(agency, "dialogues:convert", pk=theme.pk)
    assert url in first.content.decode()
    second = client.get(url).content.decode()
    assert f'value="{theme.title}"' in second
    assert "Nobody shows me my plan" in second
    answer = send(
        client, url, cell=code_of(cell), kind="problem", title=theme.title, description=""
    )
    assert answer["Location"] == at(agency, "dialogues:story", pk=theme.pk)
    opportunity = Opportunity.objects.within(agency).get()
    story = client.get(answer["Location"]).content.decode()
    assert at(agency, "cells:opportunity", pk=opportunity.pk) in story
    assert "Nobody shows me my plan" in story


def test_a_theme_opens_a_first_cell_on_the_same_page(
    agency: Agency, theme: Theme, facilitator: Member, consumer: Member, login: Login
) -> None:
    url = at(agency, "dialogues:convert", pk=theme.pk)
    said = {"kind": "problem", "title": theme.title, "description": ""}
    client = login(facilitator)
    neither = send(client, url, cell="", new_cell="", **said)
    assert (neither.status_code, Cell.objects.within(agency).count()) == (422, 0)
    answer = send(client, url, cell="", new_cell="My Plan First", **said)
    opened = Cell.objects.within(agency).get()
    assert answer["Location"] == at(agency, "groups:people", pk=opened.group_id)
    assert (opened.group.name, opened.focus) == ("My Plan First", theme.title)
    assert Opportunity.objects.within(agency).get().cell == opened
    # Who may not open a cell is not asked for the name of one.
    assert "new_cell" not in login(consumer).get(url).content.decode()


def test_my_words_and_have_your_say_show_what_came_of_them(
    agency: Agency, theme: Theme, consumer: Member, second_consumer: Member, login: Login
) -> None:
    telling.dispose(theme, by=consumer, kind="answered", answer="We show plans now.")
    client = login(second_consumer)
    for name in ("have_your_say", "my_words"):
        page = client.get(at(agency, f"dialogues:{name}")).content.decode()
        assert "We show plans now." in page
    nobody = login(consumer).get(at(agency, "dialogues:my_words")).content.decode()
    assert "We show plans now." not in nobody


def test_the_home_page_tells_the_last_reply_to_whose_words_it_is(
    agency: Agency, theme: Theme, consumer: Member, second_consumer: Member, login: Login
) -> None:
    telling.dispose(theme, by=consumer, kind="answered", answer="We show plans now.")
    home = at(agency, "home_of")
    assert "We show plans now." in login(second_consumer).get(home).content.decode()
    assert "We show plans now." not in login(consumer).get(home).content.decode()


def test_saying_something_with_and_without_a_name(
    agency: Agency,
    dialogue: Dialogue,
    program_readers: None,
    second_consumer: Member,
    login: Login,
) -> None:
    client = login(second_consumer)
    for named in ("named", "unnamed"):
        answer = send(
            client,
            at(agency, "dialogues:say_in", pk=dialogue.pk),
            prompt="experience",
            text=f"I am {named}",
            named=named,
        )
        assert answer["Location"] == at(agency, "dialogues:my_words")
    send(client, at(agency, "dialogues:say"), prompt="other", text="All", named="named")
    found = Contribution.objects.within(agency)
    assert {(each.named, each.dialogue_id) for each in found} == {
        (True, dialogue.pk),
        (False, dialogue.pk),
        (True, None),
    }


def test_words_without_a_name_are_sent_once_however_often_the_form_is(
    agency: Agency, dialogue: Dialogue, second_consumer: Member, login: Login
) -> None:
    client, url = login(second_consumer), at(agency, "dialogues:say_in", pk=dialogue.pk)
    data = {"prompt": "other", "text": "Once", "named": "unnamed", "submission": uuid4()}
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert Contribution.objects.within(agency).count() == 1
    client.post(url, {**data, "submission": uuid4()})
    assert Contribution.objects.within(agency).count() == 2


def test_words_without_a_name_are_shown_when_their_day_is_over(
    agency: Agency,
    dialogue: Dialogue,
    consumer: Member,
    second_consumer: Member,
    login: Login,
    later: Callable[[int], None],
) -> None:
    speaking.speak_anonymously(agency, receipt="A" * 12, text="As nobody", dialogue_id=dialogue.pk)
    speaking.contribute(agency, by=second_consumer, dialogue=dialogue, text="Quiet", named=False)
    speaking.contribute(agency, by=second_consumer, dialogue=dialogue, text="Aloud")
    pages = [at(agency, f"dialogues:{name}", pk=dialogue.pk) for name in ("dialogue", "harvest")]

    def read() -> str:
        return "".join(login(consumer).get(page).content.decode() for page in pages)

    today = read()
    assert "Aloud" in today
    assert "As nobody" not in today
    assert "Quiet" not in today
    later(1)
    tomorrow = read()
    assert "As nobody" in tomorrow
    assert "Quiet" in tomorrow


def test_a_consumer_who_co_facilitates_harvests_words_on_the_page(
    agency: Agency, dialogue: Dialogue, said: Contribution, consumer: Member, login: Login
) -> None:
    yesterday = agency.today() - timedelta(days=1)
    speaking.speak_anonymously(
        agency, receipt="A" * 12, text="As nobody", dialogue_id=dialogue.pk, on=yesterday
    )
    voice = Voice.objects.within(agency).get()
    answer = send(
        login(consumer),
        at(agency, "dialogues:harvest", pk=dialogue.pk),
        words=[f"c{said.pk}", f"v{voice.pk}"],
        title="Plans",
        quote="as nobody",
    )
    theme = Theme.objects.within(agency).get()
    assert answer["Location"] == at(agency, "dialogues:theme", pk=theme.pk)
    assert theme.words.get(voice=voice).quote == "as nobody"


def test_acknowledging_rules_that_changed_shows_them_again(
    agency: Agency, dialogue: Dialogue, consumer: Member, facilitator: Member, login: Login
) -> None:
    client, url = login(consumer), at(agency, "dialogues:acknowledge", pk=dialogue.pk)
    holding.set_ground_rules(dialogue, text="New rules", by=facilitator)
    answer = send(client, url, number=1)
    assert answer["Location"] == at(agency, "dialogues:ground_rules", pk=dialogue.pk)
    assert send(client, url, number=2)["Location"] == at(
        agency, "dialogues:dialogue", pk=dialogue.pk
    )


@pytest.mark.parametrize("page", ["dialogues", "dialogue", "have_your_say", "my_words"])
def test_pages_ask_as_many_queries_with_twice_the_rows(
    page: str,
    agency: Agency,
    dialogue: Dialogue,
    theme: Theme,
    hold: Hold,
    facilitator: Member,
    consumer: Member,
    provider: Member,
    today: date,
    enter: Callable[..., Member],
    login: Login,
) -> None:
    plain = page != "dialogue"
    url = at(agency, f"dialogues:{page}", **({} if plain else {"pk": dialogue.pk}))

    def more() -> None:
        for number in range(3):
            name = f"P{Theme.objects.within(agency).count()}{number}"
            other = holding.open_dialogue(
                agency, by=facilitator, name=name, on=today - timedelta(days=20)
            )
            holding.grow(dialogue, by=facilitator, name=f"{name} g", concern="A say", on=today)
            for each in (dialogue, other):
                seat(
                    each.group,
                    enter(name + str(each.pk), StandingKind.PROVIDER),
                    since=today,
                    by=facilitator,
                )
                words = [
                    speaking.contribute(agency, by=who, dialogue=each, text=f"{name} {who}")
                    for who in (consumer, facilitator)
                ]
                new = hearing.harvest(each, by=facilitator, title=name, words=words)
                telling.dispose(new, by=facilitator, kind="answered", answer="Done")
            hold(number, consumer, provider)

    more()
    for member in (consumer, facilitator):
        client = login(member)
        before = assert_budget(client, url)
        more()
        assert assert_budget(client, url) == before
