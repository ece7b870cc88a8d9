"""A theme's way in one screen: who said what, what became of it, what people were told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from cells.overview import story
from cells.overview.story import StoryStep
from dialogues.readers import reading as readers
from dialogues.readers import rules as reader_rules
from dialogues.silencing.models import words_set_aside
from dialogues.themes import finding as themes_finding
from dialogues.themes.models import Theme, ThemeQuerySet, Words
from dialogues.told_back.models import Disposition, DispositionKind, Reply
from foundation.http import AgencyRequest
from groups.models import hand_on, place


def with_story(themes: ThemeQuerySet) -> ThemeQuerySet:
    """Each with what was said and what came of it, as JSON, in one query."""
    assert themes.agency is not None, "with_story() needs within(agency)"
    said = Words.objects.within(themes.agency).filter(theme=OuterRef("pk"))
    became = Disposition.objects.within(themes.agency).filter(theme=OuterRef("pk"))
    replies = Reply.objects.within(themes.agency).filter(theme=OuterRef("pk"))
    # Words that are set aside stay counted; nobody reads them.
    hidden = Exists(words_set_aside(themes.agency, themes.agency.today()))
    told = said.annotate(
        shown=Case(When(hidden, then=Value("")), default=F("quote"), output_field=TextField())
    )
    words = JSONObject(
        quote="shown",
        on="contribution__on",
        program=Q(contribution__dialogue=None, voice__dialogue=None),
        author="contribution__author",
        name="contribution__author__shown_name",
        named="contribution__named",
    )
    outcome = JSONObject(kind="kind", on="on", reason="reason", went_to="went_to")
    reply = JSONObject(on="on", text="text")
    return themes.annotate(
        words_said=ArraySubquery(told.order_by("pk").values(row=words)),
        became=ArraySubquery(became.order_by("on", "pk").values(row=outcome)),
        replied=ArraySubquery(replies.order_by("on", "pk").values(row=reply)),
    )


def steps(theme: Theme, reader: Member) -> list[StoryStep]:
    """From the voices to the result, with what is still ahead; in the order of their days.

    The theme came with `with_story()`; cells ask three queries.
    """
    told = _Record.of(theme)
    became = _what_became_of_it(theme, told, reader)
    return [*_what_was_said(theme, told, reader), *became, *_ahead(theme, told)]


def public(theme: Theme, *, reply_by: date) -> list[StoryStep]:
    """For somebody who spoke as nobody: without names, or what happens inside of cells.

    `reply_by`: the day that they were promised; a theme that is written down late changes nothing.
    """
    told = _Record.of(theme)
    became = sorted([*_dispositions(told), *_replies(told)], key=_day)
    return [*_what_was_said(theme, told, None), *became, *_ahead(theme, told, reply_by)]


Row = dict[str, Any]


@dataclass(frozen=True)
class _Record:
    """What `with_story()` brought."""

    said: list[Row]
    became: list[Row]
    replied: list[Row]

    @classmethod
    def of(cls, theme: Theme) -> "_Record":
        row: Any = theme
        return cls(row.words_said, row.became, row.replied)


def _on(row: Row) -> date | None:
    return date.fromisoformat(row["on"]) if row["on"] else None


def _day(step: StoryStep) -> date:
    return step.on or date.max


def _what_was_said(theme: Theme, told: _Record, reader: Member | None) -> Iterator[StoryStep]:
    # People chose to show their name in the dialogue: whoever is not in it does not read it.
    inside = reader is not None and reader_rules.reading(theme.dialogue, reader) is None
    shared = any(each["program"] for each in told.said)
    reads_program = reader is not None and shared and readers.reads_program(reader)
    quoted = [each for each in told.said if each["quote"]]
    for each in quoted:
        mine = reader is not None and each["author"] == reader.pk
        open_to = reads_program if each["program"] else inside
        by = _name(each) if open_to or mine else _("somebody, without a name")
        yield StoryStep(
            "said",
            _("Somebody said"),
            _on(each),
            quote=each["quote"],
            by=by,
            icon="message-circle",
        )
    if not quoted:
        said = ngettext("It was said once.", "It was said %(n)d times.", len(told.said))
        yield StoryStep(
            "said",
            _("Somebody said it"),
            None,
            text=said % {"n": len(told.said)},
            icon="message-circle",
        )
    yield StoryStep(
        "heard",
        _("It was heard as a theme"),
        theme.harvested_on,
        text=f"{theme.title}\n{theme.summary}".strip(),
        icon="users",
    )


def _name(words: Row) -> str:
    if words["named"] and words["name"]:
        return str(words["name"])
    return _("somebody, without a name")


def _what_became_of_it(theme: Theme, told: _Record, reader: Member) -> list[StoryStep]:
    """Cells tell their part themselves; a cell that the reader may not know of tells nothing."""
    cells = story.steps(Theme.subject_code, theme.pk, reader)
    return sorted(
        [*_dispositions(told, told_by_cells=bool(cells)), *cells, *_replies(told)], key=_day
    )


def _dispositions(told: _Record, *, told_by_cells: bool = False) -> Iterator[StoryStep]:
    for each in told.became:
        kind = DispositionKind(each["kind"])
        if kind == DispositionKind.CELL and told_by_cells:
            continue
        yield StoryStep(
            "disposition", str(kind.label), _on(each), text=_why(each), icon="arrow-right"
        )


def _why(disposition: Row) -> str:
    lines = [disposition["reason"]]
    if disposition["went_to"]:
        lines.append(_("It went to: %(where)s") % {"where": disposition["went_to"]})
    return "\n".join(line for line in lines if line)


def _replies(told: _Record) -> Iterator[StoryStep]:
    for each in told.replied:
        yield StoryStep(
            "reply", _("You said, we did"), _on(each), text=each["text"], icon="circle-check"
        )


def _ahead(theme: Theme, told: _Record, promised: date = date.max) -> Iterator[StoryStep]:
    if not told.became:
        yield StoryStep(
            "ahead",
            _("We say what becomes of it"),
            theme.dispose_by,
            text=_("At the latest on this day."),
            done=False,
        )
    if not told.replied:
        yield StoryStep(
            "ahead",
            _("We reply"),
            min(theme.reply_by, promised),
            text=_("At the latest on this day."),
            done=False,
        )


def told_theme_of(request: AgencyRequest, pk: int) -> Theme:
    """With its story and the member's place in its dialogue: one query."""
    mine = place(request.member, request.agency.today(), "dialogue__group")
    themes = with_story(themes_finding.themes(request.member)).annotate(**mine)
    theme: Theme = get_object_or_404(themes, pk=pk)
    hand_on(theme, theme.dialogue.group)
    theme.agency = theme.dialogue.agency = theme.dialogue.group.agency = request.agency
    return theme
