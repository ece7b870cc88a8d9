from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.actions import park
from cells.ideas.models import OpportunityKind
from cells.overview.story import StoryStep
from dialogues.dialogue.models import Dialogue
from dialogues.themes import actions as hearing
from dialogues.themes.models import Theme
from dialogues.told_back import actions as telling
from dialogues.told_back import rules, story
from dialogues.told_back.models import Disposition
from dialogues.told_back.outcomes import told_themes
from dialogues.voices import actions as speaking
from dialogues.voices.models import Contribution, Voice
from foundation import links
from foundation.keys import code_of
from foundation.models import Agency, Event
from foundation.refusals import Refused
from notifications.models import Message
from notifications.notices import address, shown
from notifications.waiting import waiting


def told(theme: Theme, reader: Member) -> list[StoryStep]:
    found = Theme.objects.within(theme.agency).get(pk=theme.pk)
    return story.steps(found, story.records_of(theme.agency, [found])[theme.pk], reader)


def codes(member: Member) -> list[str]:
    messages = Message.objects.within(member.agency).filter(member=member)
    return list(messages.order_by("pk").values_list("code", flat=True))


def test_a_theme_rests_on_words_of_the_dialogue_and_of_the_whole_program(
    agency: Agency,
    dialogue: Dialogue,
    focused: Dialogue,
    said: Contribution,
    program_readers: None,
    consumer: Member,
    provider: Member,
) -> None:
    general = speaking.contribute(agency, by=provider, text="Plans are made without people.")
    speaking.speak_anonymously(agency, receipt="A" * 12, text="I never saw my plan")
    voice = Voice.objects.within(agency).get()
    theme = hearing.harvest(dialogue, by=consumer, title="Plans", words=[said, general, voice])
    assert theme.words.count() == 3
    assert not Contribution.objects.within(agency).unheard().exists()
    assert not Voice.objects.within(agency).unheard().exists()
    other = speaking.contribute(agency, by=provider, dialogue=focused, text="Elsewhere")
    with pytest.raises(ValidationError, match="words of this dialogue"):
        hearing.add_words(theme, by=consumer, words=[other])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"words": []}, "words"),
        ({"quote": "Nobody said this"}, "quote"),
    ],
)
def test_a_theme_has_a_title_words_and_quotes_only_what_was_said(
    dialogue: Dialogue,
    said: Contribution,
    consumer: Member,
    changes: dict[str, object],
    field: str,
) -> None:
    given = {"title": "Plans", "words": [said], **changes}
    with pytest.raises(ValidationError) as error:
        hearing.harvest(dialogue, by=consumer, **given)  # type: ignore[arg-type]
    assert field in error.value.message_dict


def test_a_quote_is_found_whatever_its_spaces_and_capitals(
    dialogue: Dialogue, said: Contribution, consumer: Member
) -> None:
    theme = hearing.harvest(
        dialogue, by=consumer, title="Plans", words=[said], quote="nobody  shows me\nmy plan"
    )
    assert theme.words.get().quote


def test_words_have_one_source(theme: Theme) -> None:
    with pytest.raises(IntegrityError, match="words_of_one_source"), transaction.atomic():
        theme.words.create(agency=theme.agency)


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("parked", {}, "reason"),
        ("not_ours", {"reason": "The state decides"}, "went_to"),
        ("not_ours", {"went_to": "The state"}, "reason"),
        ("answered", {}, "answer"),
        ("cell", {}, "kind"),
        ("nonsense", {}, "kind"),
    ],
)
def test_what_becomes_of_a_theme_says_all_that_people_need(
    theme: Theme, facilitator: Member, kind: str, given: dict[str, str], field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        telling.dispose(theme, by=facilitator, kind=kind, **given)  # type: ignore[arg-type]
    assert field in error.value.message_dict
    assert not theme.dispositions.exists()


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("dialogue", {}),
        ("parked", {"reason": "Until spring"}),
        ("not_ours", {"reason": "The state decides", "went_to": "The state office"}),
        ("answered", {"answer": "You can ask for your plan at any time."}),
    ],
)
def test_those_who_said_it_hear_what_becomes_of_it(
    theme: Theme,
    facilitator: Member,
    second_consumer: Member,
    kind: str,
    given: dict[str, str],
) -> None:
    telling.dispose(theme, by=facilitator, kind=kind, **given)  # type: ignore[arg-type]
    expected = "theme.answered" if kind == "answered" else "theme.disposed"
    assert codes(second_consumer) == [expected]
    assert theme.replies.exists() == (kind == "answered")
    message = Message.objects.within(theme.agency).get(member=second_consumer)
    assert address(message, second_consumer).endswith(f"/themes/{code_of(theme)}/story/")
    assert theme.title in shown(message).text


def test_a_reply_comes_after_saying_what_becomes_of_it(theme: Theme, facilitator: Member) -> None:
    with pytest.raises(Refused, match="Nobody has decided yet"):
        telling.reply(theme, by=facilitator, text="You said, we did.")
    telling.dispose(theme, by=facilitator, kind="dialogue")
    telling.reply(theme, by=facilitator, text="You said, we did.")


def test_only_those_who_facilitate_say_what_becomes_of_it(
    theme: Theme, second_consumer: Member, manager: Member, administrator: Member
) -> None:
    for member in (second_consumer, manager, administrator):
        for refusal in (
            rules.disposing(theme, member),
            rules.replying(theme, member, disposed=True),
        ):
            assert refusal is not None
        with pytest.raises(Refused):
            telling.dispose(theme, by=member, kind="dialogue")


def test_a_theme_becomes_an_improvement_idea_with_its_words(
    theme: Theme, cell: Cell, facilitator: Member, second_consumer: Member
) -> None:
    opportunity = telling.take_to_cell(
        theme, cell, by=facilitator, kind=OpportunityKind.PROBLEM, title=theme.title
    )
    assert (opportunity.origin_type, opportunity.origin_id) == ("theme", theme.pk)
    assert opportunity.origin_words == "“Nobody shows me my plan”"
    disposition = theme.dispositions.get()
    assert disposition.opportunity == opportunity
    assert codes(second_consumer) == ["theme.taken_to_cell"]
    origin = links.link("theme", theme.pk, second_consumer)
    assert origin is not None
    assert origin.url.endswith("/story/")


def test_what_the_cell_does_with_it_is_told_to_those_who_said_it(
    theme: Theme, cell: Cell, facilitator: Member, second_consumer: Member
) -> None:
    opportunity = telling.take_to_cell(
        theme, cell, by=facilitator, kind=OpportunityKind.PROBLEM, title=theme.title
    )
    park(opportunity, reason="After the move", by=facilitator)
    assert codes(second_consumer) == ["theme.taken_to_cell", "theme.moved"]


def test_the_story_goes_from_the_voice_to_the_result_in_order(
    theme: Theme, cell: Cell, facilitator: Member, second_consumer: Member
) -> None:
    opportunity = telling.take_to_cell(
        theme, cell, by=facilitator, kind=OpportunityKind.PROBLEM, title=theme.title
    )
    park(opportunity, reason="After the move", by=facilitator)
    telling.reply(theme, by=facilitator, text="We show plans from May on.")
    steps = told(theme, second_consumer)
    assert [step.code for step in steps] == ["said", "heard", "raised", "parked", "reply"]
    assert steps[0].quote == "Nobody shows me my plan"
    assert steps[0].by == "Sam"


def test_the_story_says_what_is_still_ahead(theme: Theme, second_consumer: Member) -> None:
    steps = told(theme, second_consumer)
    assert [(step.done, step.on) for step in steps if step.code == "ahead"] == [
        (False, theme.harvested_on + timedelta(days=30)),
        (False, theme.harvested_on + timedelta(days=60)),
    ]


def test_who_wants_no_name_is_shown_with_none(
    agency: Agency, dialogue: Dialogue, consumer: Member, second_consumer: Member
) -> None:
    words = speaking.contribute(
        agency, by=second_consumer, dialogue=dialogue, text="Without a name", named=False
    )
    theme = hearing.harvest(
        dialogue, by=consumer, title="Names", words=[words], quote="Without a name"
    )
    assert told(theme, consumer)[0].by == "somebody, without a name"
    # Not even an event shows when it was said; the author still hears what came of it.
    assert not Event.objects.within(agency).filter(name="contribution.made").exists()
    telling.dispose(theme, by=consumer, kind="dialogue")
    assert codes(second_consumer) == ["theme.disposed"]


def test_a_theme_of_a_hidden_dialogue_is_found_by_whose_words_it_rests_on(
    agency: Agency,
    hidden: Dialogue,
    program_readers: None,
    facilitator: Member,
    second_consumer: Member,
    provider: Member,
) -> None:
    words = speaking.contribute(agency, by=second_consumer, text="To everyone")
    theme = hearing.harvest(hidden, by=facilitator, title="Heard", words=[words])
    assert links.link("theme", theme.pk, second_consumer) is not None
    assert links.link("theme", theme.pk, provider) is None


def test_what_waits_for_facilitators_clears_when_it_is_done(
    theme: Theme, consumer: Member, second_consumer: Member, facilitator: Member, today: date
) -> None:
    def waits(member: Member) -> list[tuple[str, date | None]]:
        return [
            (each.title.split()[0], each.due)
            for each in waiting(member, today)
            if "plan" in each.title
        ]

    assert waits(consumer) == [("Decide", today + timedelta(days=30))]
    assert waits(second_consumer) == []
    telling.dispose(theme, by=consumer, kind="dialogue")
    assert waits(consumer) == [("Reply", today + timedelta(days=60))]
    telling.reply(theme, by=consumer, text="We did it")
    assert waits(consumer) == []


def test_a_later_outcome_takes_the_place_of_an_earlier_one_which_stays_on_record(
    theme: Theme, consumer: Member, later: Callable[[int], None]
) -> None:
    telling.dispose(theme, by=consumer, kind="parked", reason="Not now")
    later(3)
    telling.dispose(theme, by=consumer, kind="dialogue")
    assert theme.dispositions.count() == 2
    (shown,) = told_themes(Theme.objects.within(theme.agency))
    assert shown.outcome.disposition == "dialogue"


def test_an_outcome_can_not_be_dated_before_the_theme_or_after_today(
    theme: Theme, consumer: Member, today: date
) -> None:
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(ValidationError):
            telling.dispose(theme, by=consumer, kind="dialogue", on=day)
    assert not Disposition.objects.within(theme.agency).exists()


def test_words_from_paper_need_consent_and_a_facilitator(
    agency: Agency,
    dialogue: Dialogue,
    program_readers: None,
    facilitator: Member,
    provider: Member,
    manager: Member,
) -> None:
    with pytest.raises(ValidationError) as error:
        speaking.enter_for_someone(agency, by=facilitator, text="On paper", consented=False)
    assert "consented" in error.value.message_dict
    with pytest.raises(Refused, match="Only a facilitator"):
        speaking.enter_for_someone(agency, by=manager, text="On paper", consented=True)
    words = speaking.enter_for_someone(
        agency, by=provider, text="On paper", consented=True, dialogue=dialogue, named=True
    )
    assert words.author is None
    assert not words.named
    assert words.entered_by == provider
