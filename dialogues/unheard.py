"""What was said and is in no theme yet: for those who read it, and how much of it is late."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Least

from accounts.models import Member
from dialogues import readers
from dialogues.models import Contribution, Dialogue, Reply, Voice
from dialogues.models.voices import UnheardQuerySet, UnheardVoiceQuerySet
from foundation.models import Agency

Source = Contribution | Voice


def sources(dialogue: Dialogue | None, on: date, agency: Agency) -> list[Source]:
    """All that was said there and is in no theme, the first day first; of a day without order."""
    said, voices = _waiting(agency, on)
    said, voices = said.filter(dialogue=dialogue), voices.filter(dialogue=dialogue)
    return sorted([*said.select_related("author"), *voices], key=lambda each: (each.on, each.text))


def to_harvest(dialogue: Dialogue, reader: Member) -> list[Source]:
    """What this reader can put into a theme of the dialogue: what they may read."""
    today = reader.agency.today()
    found = sources(dialogue, today, reader.agency) if readers.facilitates(dialogue, reader) else []
    if readers.reads_program(reader):
        found += sources(None, today, reader.agency)
    return found


def earliest(agency: Agency, on: date, clock: str, *, unread: bool) -> Least:
    """For each dialogue of a query, the first day that was promised for words of it; or null."""
    return Least(
        *(
            Subquery(
                rows.filter(dialogue=OuterRef("pk"))
                .order_by()
                .values("dialogue")
                .annotate(first=Min(clock))
                .values("first")
            )
            for rows in _open(agency, on, unread=unread)
        )
    )


def earliest_of_program(agency: Agency, on: date, clock: str, *, unread: bool) -> Least:
    """The same for words to the whole program, on the rows of any query."""
    return Least(
        *(
            Subquery(
                rows.filter(dialogue=None)
                .order_by()
                .values("agency")
                .annotate(first=Min(clock))
                .values("first")
            )
            for rows in _open(agency, on, unread=unread)
        )
    )


def _waiting(agency: Agency, on: date) -> tuple[UnheardQuerySet, UnheardVoiceQuerySet]:
    """What is read on that day: neither set aside, nor in a theme."""
    said = Contribution.objects.within(agency).unheard().readable(on)
    voices = Voice.objects.within(agency).unheard().readable(on)
    return said, voices


def _open(
    agency: Agency, on: date, *, unread: bool
) -> tuple[QuerySet[Contribution], QuerySet[Voice]]:
    said, voices = _waiting(agency, on)
    if unread:
        return said.unread(), voices.unread()
    return said.exclude(first_look_on=None), voices.exclude(first_look_on=None)


def counted(dialogue: Dialogue | None, agency: Agency, on: date) -> int:
    """How many words that are in no theme its readers find."""
    said, voices = (
        rows.filter(dialogue=dialogue).order_by().values_list(Value(1))
        for rows in _waiting(agency, on)
    )
    return said.union(voices, all=True).count()


@dataclass(frozen=True)
class Late:
    """How many words wait longer than was promised; nothing of what they say, or where."""

    unread: int
    unanswered: int

    def __bool__(self) -> bool:
        return bool(self.unread or self.unanswered)


def late(agency: Agency, on: date) -> Late:
    """As of a day."""
    replies = Reply.objects.within(agency).filter(on__lte=on)
    unread = unanswered = 0
    for source, rows in (
        ("contribution", Contribution.objects.within(agency).readable(on)),
        ("voice", Voice.objects.within(agency).readable(on)),
    ):
        answered = replies.filter(**{f"theme__words__{source}": OuterRef("pk")})
        seen = Q(first_look_on__lte=on) | Q(words__theme__harvested_on__lte=on)
        unread += rows.filter(look_by__lt=on).exclude(seen).count()
        unanswered += rows.filter(reply_by__lt=on).exclude(Exists(answered)).count()
    return Late(unread, unanswered)
