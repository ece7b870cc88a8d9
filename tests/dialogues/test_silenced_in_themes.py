"""Words of a theme that are set aside: the theme stays, and nobody reads them in it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member, StandingKind
from accounts.permissions import Role
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from dialogues.dialogue.models import Dialogue
from dialogues.overview import reading as overview
from dialogues.policies import SILENCED
from dialogues.silencing import actions as silencing
from dialogues.silencing.reasons import SilenceCode
from dialogues.silencing.tasks import close_silencings
from dialogues.themes.actions import harvest
from dialogues.themes.models import Theme
from dialogues.told_back import actions
from dialogues.told_back.actions import take_to_cell
from dialogues.told_back.outcomes import Source, rests_on
from dialogues.told_back.story import records_of
from dialogues.voices.models import Contribution
from foundation.models import Agency
from notifications.models import Message
from tests.conftest import Enter

Later = Callable[[int], None]


@pytest.fixture
def other(enter: Enter) -> Member:
    """A second facilitator, without a seat."""
    return enter("Alice", StandingKind.PROVIDER, roles=(Role.FACILITATOR,))


def test_the_theme_stays_and_its_quote_is_not_read(
    agency: Agency, theme: Theme, said: Contribution, facilitator: Member, other: Member
) -> None:
    row = silencing.set_aside(said, code=SilenceCode.IDENTIFIES, by=facilitator)
    told = records_of(agency, [theme])[theme.pk]
    assert [each.quote for each in told.said] == [""]
    assert not overview.contributions(theme.dialogue, agency.today()).exists()
    silencing.undo(row, by=other)
    told = records_of(agency, [theme])[theme.pk]
    assert [each.quote for each in told.said] != [""]


def test_of_what_is_set_aside_the_theme_has_nothing_to_read(
    theme: Theme, said: Contribution, facilitator: Member, other: Member
) -> None:
    (read,) = rests_on(theme, facilitator)
    assert (read.whole, read.text, read.by) == (True, said.text, said.author)
    row = silencing.set_aside(said, code=SilenceCode.IDENTIFIES, by=facilitator)
    assert rests_on(theme, facilitator) == [Source(aside=True)]
    silencing.undo(row, by=other)
    assert rests_on(theme, facilitator) == [read]


def test_the_cell_that_it_went_to_reads_the_quote_no_longer_and_then_again(
    agency: Agency,
    theme: Theme,
    said: Contribution,
    cell: Cell,
    consumer: Member,
    facilitator: Member,
    later: Later,
) -> None:
    idea = take_to_cell(theme, cell, by=consumer, kind="problem", title="Show the plan")
    assert idea.origin_words

    def origin() -> str:
        return Opportunity.objects.within(agency).get(pk=idea.pk).origin_words

    silencing.set_aside(said, code=SilenceCode.IDENTIFIES, by=facilitator)
    assert origin() == ""
    later(SILENCED.value)
    close_silencings(agency.pk)
    assert origin() == idea.origin_words


def test_words_that_are_set_aside_are_put_into_no_theme(
    dialogue: Dialogue, said: Contribution, consumer: Member, facilitator: Member
) -> None:
    silencing.set_aside(said, code=SilenceCode.SPAM, by=facilitator)
    with pytest.raises(ValidationError):
        harvest(dialogue, by=consumer, title="Plans", words=[said])


def test_those_who_said_it_are_still_told_back(
    agency: Agency,
    theme: Theme,
    said: Contribution,
    facilitator: Member,
    second_consumer: Member,
) -> None:
    silencing.set_aside(said, code=SilenceCode.IDENTIFIES, by=facilitator)
    actions.dispose(theme, by=facilitator, kind="answered", answer="Yes, from now on.")
    told = Message.objects.within(agency).filter(member=second_consumer)
    assert told.filter(code="theme.answered").exists()
