"""Harvesting themes from what people said, and recording that words were read."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from dialogues.dialogue.actions import locked
from dialogues.dialogue.models import Dialogue
from dialogues.silencing.models import Silencing
from dialogues.silencing.reading import readable
from dialogues.themes import rules
from dialogues.themes.models import Theme
from dialogues.voices import rules as voice_rules
from dialogues.voices.models import Contribution, Voice
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce

Source = Contribution | Voice


@transaction.atomic
def harvest(
    dialogue: Dialogue,
    *,
    by: Member,
    title: str,
    summary: str = "",
    words: Sequence[Source],
    quote: str = "",
    on: date | None = None,
) -> Theme:
    """Record a theme heard in these words, one of which may be quoted.

    ValidationError: no title, no words, words of another dialogue, a quote that nobody said.
    """
    dialogue = locked(dialogue, by)
    enforce(rules.harvesting(dialogue, by))
    if not title.strip():
        raise ValidationError({"title": _("Give the theme a name.")})
    on = on or by.agency.today()
    if on > by.agency.today():
        raise ValidationError({"on": _("This day is still to come. Choose one of the past.")})
    theme: Theme = dialogue.themes.create(
        agency=by.agency,
        title=title.strip(),
        summary=summary.strip(),
        harvested_on=on,
        harvested_by=by,
    )
    _link(theme, words, quote, by)
    events.record("theme.harvested", theme, by=by, dialogue=dialogue.pk, words=len(words))
    return theme


@transaction.atomic
def add_words(theme: Theme, *, by: Member, words: Sequence[Source], quote: str = "") -> Theme:
    """Add further words to a theme."""
    theme = locked_theme(theme, by)
    enforce(rules.harvesting(theme.dialogue, by))
    _link(theme, words, quote, by)
    theme.version += 1
    theme.save(update_fields=["version"])
    events.record("theme.grew", theme, by=by, dialogue=theme.dialogue_id, words=len(words))
    return theme


def locked_theme(theme: Theme, by: Member) -> Theme:
    themes = Theme.objects.within(by.agency).select_related("dialogue__group")
    return themes.select_for_update(of=("self",)).get(pk=theme.pk)


def authors(theme: Theme) -> list[Member]:
    """The members whose words the theme rests on, without anonymous ones."""
    spoken = Contribution.objects.within(theme.agency).filter(words__theme=theme)
    members = Member.objects.within(theme.agency).select_related("user")
    return list(members.filter(pk__in=spoken.values("author")).order_by("pk"))


def _link(theme: Theme, words: Sequence[Source], quote: str, by: Member) -> None:
    if not words:
        raise ValidationError({"words": _("Choose the words in which you heard it.")})
    if any(each.dialogue_id not in (None, theme.dialogue_id) for each in words):
        raise ValidationError({"words": _("Choose words of this dialogue.")})
    for place in {(each.dialogue_id, isinstance(each, Voice)): each for each in words}.values():
        enforce(voice_rules.reading_words(place, by))
    if any(_set_aside(each, theme.agency) for each in words):
        raise ValidationError({"words": _("Some of these words are set aside. Choose others.")})
    quoted = _quoted(words, quote)
    for each in words:
        link = {"contribution": each} if isinstance(each, Contribution) else {"voice": each}
        row, created = theme.words.get_or_create(
            **link, defaults={"agency": theme.agency, "quote": quote.strip() * (each is quoted)}
        )
        if not created and each is quoted:
            row.quote = quote.strip()
            row.save(update_fields=["quote"])


def _set_aside(source: Source, agency: Agency) -> bool:
    field = "voice" if isinstance(source, Voice) else "contribution"
    hiding = Silencing.objects.within(agency).hiding(agency.today())
    return hiding.filter(**{field: source}).exists()


def _quoted(words: Iterable[Source], quote: str) -> Source | None:
    """The words that contain the quote; nobody is quoted with what they did not say."""
    if not quote.strip():
        return None
    for each in words:
        if _plain(quote) in _plain(each.text):
            return each
    raise ValidationError({"quote": _("Copy the quote from the words that you chose.")})


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


@transaction.atomic
def look(dialogue: Dialogue | None, *, words: Iterable[Contribution | Voice], by: Member) -> int:
    """Record that words were read for the first time; return how many were new."""
    agency, today = by.agency, by.agency.today()
    said, voices = [], []
    for each in words:
        enforce(voice_rules.reading_words(each, by))
        if isinstance(each, Voice):
            voices.append(each.pk)
        else:
            said.append(each.pk)
    rows = (
        readable(Contribution.objects.within(agency).unread(), today).filter(pk__in=said),
        readable(Voice.objects.within(agency).unread(), today).filter(pk__in=voices),
    )
    count = sum(found.filter(dialogue=dialogue).update(first_look_on=today) for found in rows)
    if count:
        events.record("words.looked_at", dialogue or by, by=by, count=count)
    return count
