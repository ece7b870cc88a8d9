"""A theme's story on one screen: who said what, what happened with it, and the replies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from cells.overview import story
from cells.overview.story import StoryStep
from dialogues.readers import reading as readers
from dialogues.readers import rules as reader_rules
from dialogues.silencing.models import words_set_aside
from dialogues.themes.models import Theme, Words
from dialogues.told_back.models import Disposition, DispositionKind, Reply
from foundation import prepared
from foundation.columns import Columns
from foundation.models import Agency, TenantQuerySet


@dataclass(frozen=True)
class SaidWords:
    """A theme's words, as far as they are shown; `quote` is what everybody reads of them.

    For anonymous words, `on` and `author` are None and `name` is empty; `to_program`: they were
    said to the whole program.
    """

    quote: str
    on: date | None
    author: int | None
    name: str
    to_program: bool

    @classmethod
    def of(cls, row: Words, *, hidden: bool) -> "SaidWords":
        """Words that are set aside (`hidden`) still count, but nobody reads them."""
        said = row.contribution
        source = said or row.voice
        assert source is not None, "words have one source"
        return cls(
            quote="" if hidden else row.quote,
            on=said.on if said is not None else None,
            author=said.author_id if said is not None else None,
            name=said.author.shown_name if said and said.author and said.named else "",
            to_program=source.dialogue_id is None,
        )


@dataclass(frozen=True)
class ThemeRecord:
    """Words, dispositions and replies, each in order of date."""

    said: Sequence[SaidWords]
    became: Sequence[Disposition]
    replied: Sequence[Reply]


def records_of(agency: Agency, themes: Iterable[Theme]) -> dict[int, ThemeRecord]:
    """The record of each of these themes, by key; three queries however many there are."""
    keys = [theme.pk for theme in themes]
    said: dict[int, list[SaidWords]] = defaultdict(list)
    became: dict[int, list[Disposition]] = defaultdict(list)
    replied: dict[int, list[Reply]] = defaultdict(list)
    values = {"agency": agency.pk, "keys": keys, "day": agency.today()}
    for row in prepared.of_agency(_words).models(values):
        said[row.theme_id].append(SaidWords.of(row, hidden=row.hidden))
    for disposition in prepared.of_agency(_dispositions_of).models(values):
        became[disposition.theme_id].append(disposition)
    for reply in prepared.of_agency(_replies_of).models(values):
        replied[reply.theme_id].append(reply)
    return {key: ThemeRecord(said[key], became[key], replied[key]) for key in keys}


def _words(agency: Agency) -> TenantQuerySet[Words]:
    hidden: Columns = {"hidden": Exists(words_set_aside(agency, prepared.DAY))}
    words = Words.objects.within(agency).filter(prepared.one_of_keys("theme")).annotate(**hidden)
    return words.select_related("contribution__author", "voice").order_by("pk")


def _dispositions_of(agency: Agency) -> TenantQuerySet[Disposition]:
    rows = Disposition.objects.within(agency).filter(prepared.one_of_keys("theme"))
    return rows.order_by("on", "pk")


def _replies_of(agency: Agency) -> TenantQuerySet[Reply]:
    return Reply.objects.within(agency).filter(prepared.one_of_keys("theme")).order_by("on", "pk")


def steps(theme: Theme, told: ThemeRecord, reader: Member) -> list[StoryStep]:
    """From the voices to the result, including what is still ahead, in order of date.

    Cells add four queries.
    """
    became = _what_became_of_it(theme, told, reader)
    return [*_what_was_said(theme, told, reader), *became, *_ahead(theme, told)]


def public(theme: Theme, told: ThemeRecord, *, reply_by: date) -> list[StoryStep]:
    """For an anonymous author: without names, or what happens inside cells.

    `reply_by`: the day they were promised; recording a theme late does not change it.
    """
    became = sorted([*_dispositions(told), *_replies(told)], key=_day)
    return [*_what_was_said(theme, told, None), *became, *_ahead(theme, told, reply_by)]


def _day(step: StoryStep) -> date:
    return step.on or date.max


def _what_was_said(theme: Theme, told: ThemeRecord, reader: Member | None) -> Iterator[StoryStep]:
    # People chose to show their name inside the dialogue, so outsiders don't see it.
    inside = reader is not None and reader_rules.reading(theme.dialogue, reader) is None
    shared = any(each.to_program for each in told.said)
    reads_program = reader is not None and shared and readers.reads_program(reader)
    quoted = [each for each in told.said if each.quote]
    for each in quoted:
        mine = reader is not None and each.author == reader.pk
        open_to = reads_program if each.to_program else inside
        name = each.name if open_to or mine else ""
        yield StoryStep(
            "said",
            _("Somebody said"),
            each.on,
            quote=each.quote,
            by=name or _("somebody, without a name"),
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


def _what_became_of_it(theme: Theme, told: ThemeRecord, reader: Member) -> list[StoryStep]:
    """The theme's outcome; cells tell their part, unless the reader may not know of the cell."""
    cells = story.steps(Theme.subject_code, theme.pk, reader)
    return sorted(
        [*_dispositions(told, told_by_cells=bool(cells)), *cells, *_replies(told)], key=_day
    )


def _dispositions(told: ThemeRecord, *, told_by_cells: bool = False) -> Iterator[StoryStep]:
    for each in told.became:
        kind = DispositionKind(each.kind)
        if kind == DispositionKind.CELL and told_by_cells:
            continue
        yield StoryStep(
            "disposition", str(kind.label), each.on, text=_why(each), icon="arrow-right"
        )


def _why(disposition: Disposition) -> str:
    lines = [disposition.reason]
    if disposition.went_to:
        lines.append(_("It went to: %(where)s") % {"where": disposition.went_to})
    return "\n".join(line for line in lines if line)


def _replies(told: ThemeRecord) -> Iterator[StoryStep]:
    for each in told.replied:
        yield StoryStep(
            "reply", _("You said, we did"), each.on, text=each.text, icon="circle-check"
        )


def _ahead(theme: Theme, told: ThemeRecord, promised: date = date.max) -> Iterator[StoryStep]:
    if not told.became:
        yield StoryStep(
            "ahead",
            _("What happens next"),
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
