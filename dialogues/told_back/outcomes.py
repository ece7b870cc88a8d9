"""What came of themes and of one’s words, each in one query; how much is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from accounts.models import Member
from dialogues.readers import reading as readers
from dialogues.silencing.models import Silencing, words_set_aside
from dialogues.silencing.reading import readable
from dialogues.themes.models import Theme, ThemeQuerySet, Words
from dialogues.told_back.models import Disposition, DispositionKind, Reply
from dialogues.voices.models import Contribution, Voice
from foundation.addresses import at
from foundation.models import Agency


def with_outcomes(found: ThemeQuerySet, agency: Agency) -> ThemeQuerySet:
    """Each with what becomes of it, why, and what people were told last."""
    said = Disposition.objects.within(agency).filter(theme=OuterRef("pk")).order_by("-on", "-pk")
    told = Reply.objects.within(agency).filter(theme=OuterRef("pk")).order_by("-on", "-pk")
    return found.annotate(
        disposition=_or_empty(said.values("kind")[:1]),
        disposed_on=Subquery(said.values("on")[:1]),
        reason=_or_empty(said.values("reason")[:1]),
        went_to=_or_empty(said.values("went_to")[:1]),
        told=_or_empty(told.values("text")[:1]),
        told_on=Subquery(told.values("on")[:1]),
    )


def _or_empty(rows: Any) -> Coalesce:
    return Coalesce(Subquery(rows), Value(""), output_field=TextField())


def label(disposition: str) -> str:
    """What becomes of a theme, in words."""
    return str(DispositionKind(disposition).label) if disposition else ""


def label_all(found: Iterable[Theme]) -> list[Theme]:
    """Themes with outcomes, each with what becomes of it in words."""
    labelled = list(found)
    for theme in labelled:
        theme.disposition_label = label(theme.disposition)  # type: ignore[attr-defined]
    return labelled


@dataclass(frozen=True)
class ThemeTally:
    """Of all themes: how many nobody has dealt with, and how many a cell has."""

    themes: int
    undisposed: int
    taken_up: int


def tally(found: ThemeQuerySet) -> ThemeTally:
    """Of themes with outcomes; one query, however many there are."""
    counted = found.order_by().aggregate(
        themes=Count("pk"),
        undisposed=Count("pk", filter=Q(disposition="")),
        taken_up=Count("pk", filter=Q(disposition=DispositionKind.CELL)),
    )
    return ThemeTally(**counted)


def words_of(member: Member) -> QuerySet[Contribution]:
    """What the member said, the last first, each with the key of the theme that heard it."""
    linked = Words.objects.within(member.agency).filter(contribution=OuterRef("pk"))
    found = Contribution.objects.within(member.agency).filter(author=member)
    done = Silencing.objects.within(member.agency).filter(contribution=OuterRef("pk"))
    theme = Subquery(linked.order_by("pk").values("theme")[:1])
    found = found.annotate(theme_id=theme, done=Exists(done))
    return found.select_related("dialogue__group").order_by("-on", "-pk")


def with_themes(member: Member, rows: list[Contribution]) -> list[Contribution]:
    """Of words of the member, what came of each."""
    keys = {row.theme_id for row in rows if row.theme_id}  # type: ignore[attr-defined]
    heard = Theme.objects.within(member.agency).filter(pk__in=keys)
    known = {theme.pk: theme for theme in label_all(with_outcomes(heard, member.agency))}
    for row in rows:
        row.theme = known.get(row.theme_id)  # type: ignore[attr-defined]
        page = at(member.agency, "dialogues:appeal", pk=row.pk)
        row.silenced = page if row.done else ""  # type: ignore[attr-defined]
    return rows


def last_reply(reader: Member, since: date) -> Theme | None:
    """The theme of the reader's own words to which there was a reply last, from that day on."""
    mine = Contribution.objects.within(reader.agency).filter(author=reader)
    replies = Reply.objects.within(reader.agency).filter(theme=OuterRef("pk"), on__gte=since)
    found = Theme.objects.within(reader.agency).filter(
        Exists(replies), pk__in=mine.exclude(words=None).values("words__theme")
    )
    last = Subquery(replies.order_by("-on", "-pk").values("on")[:1])
    return with_outcomes(found, reader.agency).order_by(last.desc(), "-pk").first()


@dataclass(frozen=True)
class Source:
    """One of the words that a theme rests on, as far as this reader reads it.

    `whole`: this reader reads all of it; `by`: who shows their name with it; `quote`: what is
    quoted for everybody. Of what is set aside (`aside`) there is nothing to read.
    """

    aside: bool
    whole: bool = False
    text: str = ""
    by: Member | None = None
    quote: str = ""


def rests_on(theme: Theme, reader: Member) -> list[Source]:
    """Of words to the whole program, others read only what is quoted for everybody."""
    hidden = Exists(words_set_aside(theme.agency, theme.agency.today()))
    rows = Words.objects.within(theme.agency).filter(theme=theme).annotate(aside=hidden)
    words = rows.select_related("contribution__author", "voice").order_by("pk")
    program = readers.reads_program(reader)
    return [Source(aside=True) if row.aside else _source(row, program) for row in words]


def _source(row: Words, reads_program: bool) -> Source:
    said = row.contribution or row.voice
    assert said is not None, "words have one source"
    if said.dialogue_id is None and not reads_program:
        return Source(aside=False, quote=row.quote)
    named = row.contribution is not None and row.contribution.named
    return Source(
        aside=False,
        whole=True,
        text=said.text,
        by=row.contribution.author if row.contribution is not None and named else None,
        quote=row.quote,
    )


@dataclass(frozen=True)
class LateReplies:
    """How many words wait longer than was promised; nothing of what they say, or where."""

    unread: int
    unanswered: int

    def __bool__(self) -> bool:
        return bool(self.unread or self.unanswered)


def late(agency: Agency, on: date) -> LateReplies:
    """As of a day."""
    replies = Reply.objects.within(agency).filter(on__lte=on)
    unread = unanswered = 0
    for source, rows in (
        ("contribution", readable(Contribution.objects.within(agency), on)),
        ("voice", readable(Voice.objects.within(agency), on)),
    ):
        answered = replies.filter(**{f"theme__words__{source}": OuterRef("pk")})
        seen = Q(first_look_on__lte=on) | Q(words__theme__harvested_on__lte=on)
        unread += rows.filter(look_by__lt=on).exclude(seen).count()
        unanswered += rows.filter(reply_by__lt=on).exclude(Exists(answered)).count()
    return LateReplies(unread, unanswered)
