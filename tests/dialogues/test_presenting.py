"""What the pages of a dialogue and of a theme show, from their parts alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.overview.presenting import DialogueParts, DialogueRights, card, dialogue_page
from dialogues.overview.reading import DialogueWork
from dialogues.themes.models import Theme
from dialogues.told_back.models import Disposition, Reply
from dialogues.told_back.outcomes import Source, ThemeOutcome, ToldTheme
from dialogues.told_back.presenting import ThemeParts, theme_page
from foundation.models import Agency
from foundation.paging import Few
from groups.models import Group, Meeting, Seat

TODAY = date(2026, 5, 4)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
EVERYTHING = DialogueRights(*[True] * 8)


@pytest.fixture(autouse=True)
def _terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """No agency is asked for its deadlines."""
    monkeypatch.setattr(Theme, "dispose_by", date(2026, 6, 1))
    monkeypatch.setattr(Theme, "reply_by", date(2026, 7, 1))


def a_dialogue(key: int = 5, *, opened: date = TODAY, **given: object) -> Dialogue:
    group = Group(pk=key + 1, agency=AGENCY, name=f"Group {key}", opened=opened)
    kind = {"kind": "open", "stage": "gathering"}
    return Dialogue(pk=key, agency=AGENCY, group=group, **{**kind, **given})


def a_theme() -> Theme:
    return Theme(pk=9, agency=AGENCY, title="Plans", harvested_on=TODAY)


def a_seat(name: str) -> Seat:
    return Seat(pk=2, agency=AGENCY, member=Member(pk=3, agency=AGENCY, shown_name=name))


def parts(dialogue: Dialogue | None = None) -> DialogueParts:
    return DialogueParts(
        dialogue=dialogue or a_dialogue(),
        themes=[],
        sessions=Few([], 0),
        leaders=[],
        is_led=False,
        seated=False,
        missing="Somebody is missing",
        waiting=2,
        family=[],
    )


def test_who_only_reads_is_offered_to_read() -> None:
    page = dialogue_page(parts(), DialogueRights(), TODAY)
    assert page.speak is None
    assert (page.hearing, page.leads_on, page.missing) == ([], [], "")
    assert (len(page.people), len(page.meeting)) == (1, 1)


def test_who_leads_is_offered_all_that_the_rules_let_them_do() -> None:
    page = dialogue_page(parts(), EVERYTHING, TODAY)
    assert page.speak is not None
    assert "2 entries" in page.hearing[0].text
    assert (len(page.people), len(page.meeting), len(page.leads_on)) == (6, 3, 3)
    assert page.missing


def test_nobody_is_named_co_facilitator_where_nothing_can_be_changed() -> None:
    page = dialogue_page(parts(), replace(EVERYTHING, change=False, run=False), TODAY)
    assert len(page.people) == 1


def test_a_dialogue_that_is_hidden_or_still_to_start_says_so() -> None:
    assert dialogue_page(parts(), DialogueRights(), TODAY).tags == []
    ahead = a_dialogue(opened=date(2026, 5, 9))
    ahead.group.hidden = True
    tags = dialogue_page(parts(ahead), DialogueRights(), TODAY).tags
    assert len(tags) == 2
    assert "May 9, 2026" in tags[1]


def test_what_people_were_told_stands_before_what_becomes_of_a_theme() -> None:
    theme = a_theme()

    def shown(outcome: ThemeOutcome) -> tuple[str, str]:
        read = replace(parts(), themes=[ToldTheme(theme, outcome)])
        (row,) = dialogue_page(read, DialogueRights(), TODAY).themes
        assert not row.work
        return row.told, row.words

    assert "June 1, 2026" in shown(ThemeOutcome())[1]
    assert shown(ThemeOutcome("parked", "Not now"))[1].endswith(". Not now")
    assert not shown(ThemeOutcome("dialogue"))[1].endswith(".")
    assert shown(ThemeOutcome("parked", "Not now", "We did"))[0] == "We did"


def test_a_session_that_took_place_bears_no_word() -> None:
    at = datetime(2026, 5, 4, 20, tzinfo=UTC)
    meetings = [
        Meeting(pk=number, agency=AGENCY, starts_at=at, status=status)
        for number, status in enumerate(["held", "planned"], 1)
    ]
    page = dialogue_page(replace(parts(), sessions=Few(meetings, 2)), DialogueRights(), TODAY)
    assert [bool(each.state) for each in page.sessions] == [False, True]


def test_who_leads_it_is_named_to_those_who_may_know() -> None:
    led = replace(parts(), is_led=True, leaders=[a_seat("Nora")], seated=True)
    page = dialogue_page(led, DialogueRights(), TODAY)
    assert page.leaders == ["Nora"]
    assert page.seated
    assert page.led != dialogue_page(parts(), DialogueRights(), TODAY).led


def test_where_it_grew_from_and_what_grew_of_it_are_told_apart() -> None:
    dialogue = a_dialogue(grew_from_id=1)
    kin = replace(parts(dialogue), family=[a_dialogue(1), a_dialogue(8)])
    first, second = dialogue_page(kin, DialogueRights(), TODAY).leads_on
    assert first.text.endswith("Group 1")
    assert second.text.startswith("Group 8")


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (DialogueWork(), "No session yet"),
        (DialogueWork(last_held=date(2026, 4, 1)), "April 1, 2026"),
        (DialogueWork(date(2026, 4, 1), datetime(2026, 5, 9, 20, tzinfo=UTC)), "May 9, 2026"),
    ],
)
def test_the_next_session_stands_before_the_last(work: DialogueWork, said: str) -> None:
    shown = card(a_dialogue(), work, TODAY, shows_work=True)
    assert said in shown.meta


def test_how_much_is_to_do_is_read_by_those_who_do_it() -> None:
    work = DialogueWork(undisposed=1)
    assert "1 theme " in card(a_dialogue(), work, TODAY, shows_work=True).meta
    assert "1 theme " not in card(a_dialogue(), work, TODAY, shows_work=False).meta


def a_record(*, disposed: bool = False, replied: bool = False) -> ThemeParts:
    became = Disposition(kind="not_ours", reason="The state", went_to="An office", on=TODAY)
    return ThemeParts(
        a_theme(), [], [became] if disposed else [], [Reply(text="Yes", on=TODAY)] * replied
    )


@pytest.mark.parametrize(
    ("disposed", "replied", "may_reply", "duty", "days"),
    [
        (False, False, False, "/cell/", 3),
        (True, False, True, "/reply/", 2),
        (True, False, False, "", 2),
        (True, True, True, "", 1),
    ],
)
def test_what_is_to_do_with_a_theme_comes_one_after_another(
    disposed: bool, replied: bool, may_reply: bool, duty: str, days: int
) -> None:
    page = theme_page(a_record(disposed=disposed, replied=replied), may_reply=may_reply)
    assert (page.duty.href if page.duty else "").endswith(duty)
    assert bool(page.duty) == bool(duty)
    assert page.days.count("2026.") == days
    assert len(page.instead) == (0 if disposed else 1)
    assert len(page.links) == (4 + may_reply if disposed else 2)


def test_why_and_where_it_went_stand_with_what_becomes_of_a_theme() -> None:
    (shown,) = theme_page(a_record(disposed=True), may_reply=False).dispositions
    assert shown.words.endswith(". The state (An office)")


def test_words_are_shown_as_far_as_the_reader_reads_them() -> None:
    sources = [
        Source(aside=True),
        Source(aside=False, quote="Ask us"),
        Source(aside=False, whole=True, text="Ask us first", by=Member(shown_name="Sam")),
    ]
    aside, secret, whole = theme_page(replace(a_record(), words=sources), may_reply=False).words
    assert (aside.aside, aside.text, aside.by) == (True, "", "")
    assert "Ask us" not in secret.text
    assert "“Ask us”" in secret.by
    assert (whole.text, whole.by) == ("Ask us first", "Sam")
