"""Every theme and every contribution can be reached, and paging loses no tick."""

import re

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.themes.forms import WORDS_A_PAGE
from dialogues.themes.models import Theme
from dialogues.told_back import actions
from dialogues.voices.models import Contribution
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login
from tests.groups.conftest import send
from tests.lists import MORE_THAN_A_PAGE, copies, walk

ALL = set(range(MORE_THAN_A_PAGE))


def numbers(found: list[str]) -> set[int]:
    return {int(re.sub(r"\D", "", each)) for each in found}


def test_all_themes_and_all_words_of_a_dialogue(
    theme: Theme, said: Contribution, agency: Agency, consumer: Member, login: Login
) -> None:
    copies(theme, title=lambda number: f"Theme {number}.")
    copies(said, text=lambda number: f"Word {number}.")
    client, url = login(consumer), at(agency, "dialogues:dialogue", pk=theme.dialogue_id)
    total, found = walk(client, url, r"Theme \d+\.</a>", parameter="themes")
    assert (total, numbers(found)) == (MORE_THAN_A_PAGE + 1, ALL)
    total, found = walk(client, url, r"<p>Word \d+\.", parameter="words")
    assert (total, numbers(found)) == (MORE_THAN_A_PAGE + 1, ALL)


def test_a_dialogue_with_many_themes_is_not_closed_over_one_far_down(
    theme: Theme, agency: Agency, consumer: Member, facilitator: Member, login: Login
) -> None:
    """The oldest one is undecided: it is on the last page, and counts."""
    copies(theme, harvested_on=lambda _number: agency.today(), title=lambda n: f"Later {n}")
    for later in Theme.objects.within(agency).exclude(pk=theme.pk):
        actions.dispose(later, by=consumer, kind="dialogue")
    client = login(facilitator)
    page = client.get(at(agency, "dialogues:dialogue", pk=theme.dialogue_id))
    close = at(agency, "dialogues:close", pk=theme.dialogue_id)
    assert close not in {link.href for link in page.context["page"].leads_on}
    actions.dispose(theme, by=consumer, kind="dialogue")
    page = client.get(at(agency, "dialogues:dialogue", pk=theme.dialogue_id))
    assert close in {link.href for link in page.context["page"].leads_on}


def test_all_that_i_said(
    said: Contribution, agency: Agency, second_consumer: Member, login: Login
) -> None:
    copies(said, text=lambda number: f"Word {number}.")
    client = login(second_consumer)
    total, found = walk(client, at(agency, "dialogues:my_words"), r"<p>Word \d+\.")
    assert (total, numbers(found)) == (MORE_THAN_A_PAGE + 1, ALL)
    few = client.get(at(agency, "dialogues:have_your_say")).content.decode()
    assert str(MORE_THAN_A_PAGE + 1) in few


def test_all_words_can_be_ticked_over_pages_for_one_theme(
    dialogue: Dialogue, said: Contribution, agency: Agency, consumer: Member, login: Login
) -> None:
    copies(said, text=lambda number: f"Word {number}.")
    client, url = login(consumer), at(agency, "dialogues:harvest", pk=dialogue.pk)
    page, seen, ticked, number = client.get(url), set(), list[str](), 1
    while True:
        form = page.context["form"]
        keys = [key for key, _text in form.fields["words"].widget.choices]
        assert set(ticked) <= set(keys), "what is ticked stays in sight"
        seen |= set(keys)
        ticked.append(next(key for key in keys if key not in ticked))
        number, words = form.following
        assert f"of {MORE_THAN_A_PAGE + 1}" in words
        if number == 1:
            break
        page = send(client, url, words=ticked, title="Half a title", turn=number)
        assert page.status_code == 200
        assert 'value="Half a title"' in page.content.decode()
    assert len(seen) == MORE_THAN_A_PAGE + 1 > WORDS_A_PAGE
    assert not Theme.objects.within(agency).exists()
    done = send(client, url, words=ticked, title="Plans", summary="", quote="", shown=3)
    assert done.status_code == 302
    assert Theme.objects.within(agency).get().words.count() == len(ticked) > 1


def test_few_words_have_no_pages(
    dialogue: Dialogue, said: Contribution, agency: Agency, consumer: Member, login: Login
) -> None:
    page = login(consumer).get(at(agency, "dialogues:harvest", pk=dialogue.pk))
    assert page.context["form"].following == (0, "")
    assert 'name="turn"' not in page.content.decode()
