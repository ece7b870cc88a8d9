"""Outcomes of themes and of people's words, one query each; and how much is late."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
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
from foundation import prepared
from foundation.addresses import at
from foundation.models import Agency, TenantQuerySet


@dataclass(frozen=True)
class ThemeOutcome:
    """A theme's disposition, its reason, and the last reply; empty where there is none."""

    disposition: str = ""
    reason: str = ""
    told: str = ""

    @property
    def label(self) -> str:
        """The disposition in words."""
        return str(DispositionKind(self.disposition).label) if self.disposition else ""


OUTCOME = tuple(field.name for field in fields(ThemeOutcome))


def _columns(agency: Agency, theme: str) -> dict[str, Coalesce]:
    """Annotations that fill a `ThemeOutcome` for the theme that the path leads to."""
    said = Disposition.objects.within(agency).filter(theme=OuterRef(theme)).order_by("-on", "-pk")
    told = Reply.objects.within(agency).filter(theme=OuterRef(theme)).order_by("-on", "-pk")
    last = (said.values("kind")[:1], said.values("reason")[:1], told.values("text")[:1])
    return {
        name: Coalesce(Subquery(rows), Value(""), output_field=TextField())
        for name, rows in zip(OUTCOME, last, strict=True)
    }


@dataclass(frozen=True)
class ToldTheme:
    """A theme and its outcome."""

    theme: Theme
    outcome: ThemeOutcome


def told_themes(found: ThemeQuerySet) -> list[ToldTheme]:
    """These themes in their order, each with its outcome; one query."""
    assert found.agency is not None, "told_themes() is asked within(agency)"
    return [
        ToldTheme(row, ThemeOutcome(*(getattr(row, name) for name in OUTCOME)))
        for row in found.annotate(**_columns(found.agency, "pk"))
    ]


@dataclass(frozen=True)
class ThemeTally:
    """Counts of themes: how many await a disposition, and how many a cell has taken."""

    themes: int
    undisposed: int
    taken_up: int


def tally(themes: Collection[ToldTheme]) -> ThemeTally:
    """The tally of all themes of a dialogue."""
    became = Counter(each.outcome.disposition for each in themes)
    return ThemeTally(len(themes), became[""], became[DispositionKind.CELL])


def words_of(member: Member) -> QuerySet[Contribution]:
    """What the member said, latest first."""
    found = Contribution.objects.within(member.agency).filter(author=member)
    return found.select_related("dialogue__group").order_by("-on", "-pk")


@dataclass(frozen=True)
class HeardTheme:
    """The theme in which words were heard, and its outcome."""

    pk: int
    title: str
    outcome: ThemeOutcome


@dataclass(frozen=True)
class OwnWords:
    """A member's words and the theme that heard them, if any.

    It includes the address of the page that explains why somebody wanted them set aside, or "".
    """

    said: Contribution
    heard: HeardTheme | None
    silenced: str


def came_of(member: Member, said: Iterable[Contribution]) -> list[OwnWords]:
    """The outcome of each of the member's words; one query, none for no words."""
    agency, rows = member.agency, list(said)
    if not rows:
        return []
    done = Silencing.objects.within(agency).filter(contribution=OuterRef("pk"))
    mine = Contribution.objects.within(agency).filter(pk__in=[each.pk for each in rows])
    known = mine.annotate(done=Exists(done), **_columns(agency, "words__theme"))
    names = ("pk", "done", "words__theme", "words__theme__title", *OUTCOME)
    heard: dict[int, HeardTheme | None] = {}
    silenced: set[int] = set()
    for key, is_done, theme, title, *came in known.order_by("words__pk").values_list(*names):
        if is_done:
            silenced.add(key)
        # For words in several themes, use the first.
        heard.setdefault(key, HeardTheme(theme, title, ThemeOutcome(*came)) if theme else None)
    return [
        OwnWords(
            said=each,
            heard=heard[each.pk],
            silenced=at(agency, "dialogues:appeal", pk=each.pk) if each.pk in silenced else "",
        )
        for each in rows
    ]


def replies_to(reader: Member, since: date) -> TenantQuerySet[Reply]:
    """The replies to the reader's own words since that day, with their themes, the last first."""
    mine = Contribution.objects.within(reader.agency).filter(author=reader)
    themes = mine.exclude(words=None).values("words__theme")
    replies = Reply.objects.within(reader.agency).filter(theme__in=themes, on__gte=since)
    return replies.select_related("theme").order_by("-on", "-theme", "-pk")


@dataclass(frozen=True)
class Source:
    """One of the words that a theme rests on, as far as this reader may read it.

    `whole`: this reader may read all of it; `by`: who shows their name with it; `quote`: what
    everybody may read. Words that are set aside (`aside`) have no text.
    """

    aside: bool
    whole: bool = False
    text: str = ""
    by: Member | None = None
    quote: str = ""


def rests_on(theme: Theme, reader: Member) -> list[Source]:
    """The theme's words; of words to the whole program, other readers see only the quotes."""
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
    """How many words wait longer than promised; nothing about what they say, or where."""

    unread: int
    unanswered: int

    def __bool__(self) -> bool:
        return bool(self.unread or self.unanswered)


def late(agency: Agency, on: date) -> LateReplies:
    """The late words and replies as of a day; one query."""
    asked = prepared.of_agency(_late_words)
    ((*counts,),) = asked.tuples({"agency": agency.pk, "day": on})
    return LateReplies(unread=counts[0] + counts[1], unanswered=counts[2] + counts[3])


def _late_words(agency: Agency) -> QuerySet[Agency, tuple[int, ...]]:
    """Contributions and voices unread, then unanswered, in one row."""
    on = prepared.DAY
    replies = Reply.objects.within(agency).filter(on__lte=on)
    seen = Q(first_look_on__lte=on) | Q(words__theme__harvested_on__lte=on)
    unread, unanswered = [], []
    for source, rows in (
        ("contribution", readable(Contribution.objects.within(agency), on)),
        ("voice", readable(Voice.objects.within(agency), on)),
    ):
        answered = replies.filter(**{f"theme__words__{source}": OuterRef("pk")})
        unread.append(_number_of(rows.filter(look_by__lt=on).exclude(seen)))
        unanswered.append(_number_of(rows.filter(reply_by__lt=on).exclude(Exists(answered))))
    return Agency.objects.filter(pk=agency.pk).values_list(*unread, *unanswered)


def _number_of(rows: TenantQuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("agency").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
