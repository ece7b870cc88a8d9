"""Words that are in no theme yet, for those who read them."""

from datetime import date

from django.db.models import Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Least

from accounts.models import Member
from dialogues.dialogue import rules as dialogue_rules
from dialogues.dialogue.models import Dialogue
from dialogues.readers import reading as readers
from dialogues.silencing.reading import readable
from dialogues.voices.models import Contribution, UnheardQuerySet, UnheardVoiceQuerySet, Voice
from foundation.models import Agency

Source = Contribution | Voice


def sources(dialogue: Dialogue | None, on: date, agency: Agency) -> list[Source]:
    """Words said there that are in no theme, earliest day first; in no order within a day."""
    said, voices = _waiting(agency, on)
    said, voices = said.filter(dialogue=dialogue), voices.filter(dialogue=dialogue)
    return sorted([*said.select_related("author"), *voices], key=lambda each: (each.on, each.text))


def to_harvest(dialogue: Dialogue, reader: Member) -> list[Source]:
    """Words this reader can put into a theme of the dialogue, since they may read them."""
    today = reader.agency.today()
    found = (
        sources(dialogue, today, reader.agency)
        if dialogue_rules.facilitates(dialogue, reader)
        else []
    )
    if readers.reads_program(reader):
        found += sources(None, today, reader.agency)
    return found


def earliest(agency: Agency, on: date, clock: str, *, unread: bool) -> Least:
    """For each dialogue of a query, the earliest promised day of its words, or null."""
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
    """Words readable on that day that are in no theme."""
    said = readable(Contribution.objects.within(agency).unheard(), on)
    voices = readable(Voice.objects.within(agency).unheard(), on)
    return said, voices


def _open(
    agency: Agency, on: date, *, unread: bool
) -> tuple[QuerySet[Contribution], QuerySet[Voice]]:
    said, voices = _waiting(agency, on)
    if unread:
        return said.unread(), voices.unread()
    return said.exclude(first_look_on=None), voices.exclude(first_look_on=None)


def counted(dialogue: Dialogue | None, agency: Agency, on: date) -> int:
    """How many words in no theme the dialogue's readers will find."""
    said, voices = (
        rows.filter(dialogue=dialogue).order_by().values_list(Value(1))
        for rows in _waiting(agency, on)
    )
    return said.union(voices, all=True).count()
