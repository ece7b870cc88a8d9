"""Presenter of a theme's page for facilitators."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from dialogues.themes.models import Theme
from dialogues.told_back.models import Disposition, Reply
from dialogues.told_back.outcomes import Source
from foundation.addresses import at
from foundation.presenting import PageLink, written


@dataclass(frozen=True)
class ThemeParts:
    """What was read for the page of a theme."""

    theme: Theme
    words: Sequence[Source]
    dispositions: Sequence[Disposition]
    replies: Sequence[Reply]


@dataclass(frozen=True)
class DispositionShown:
    """The theme's disposition since a day, with its reason or where it went."""

    on: date
    words: str


@dataclass(frozen=True)
class SourceShown:
    """Words that the theme rests on, and who said them; both empty if they are set aside."""

    aside: bool
    text: str = ""
    by: str = ""


@dataclass(frozen=True)
class ThemePage:
    """The page of a theme; `duty` is the next task, `instead` its alternatives."""

    days: str
    duty: PageLink | None
    instead: Sequence[PageLink]
    dispositions: Sequence[DispositionShown]
    words: Sequence[SourceShown]
    links: Sequence[PageLink]


def theme_page(parts: ThemeParts, *, may_reply: bool) -> ThemePage:
    """For a facilitator; no query."""
    theme, disposed = parts.theme, bool(parts.dispositions)
    href = partial(at, theme.agency, pk=theme.pk)
    convert = PageLink(_("Take it to a cell"), href("dialogues:convert"))
    dispose = PageLink(_("Say that something else becomes of it"), href("dialogues:dispose"))
    reply = PageLink(_("Reply to the people who said it"), href("dialogues:reply"))
    duty = convert if not disposed else None
    if disposed and may_reply and not parts.replies:
        duty = reply
    later = [convert, dispose, *([reply] if may_reply else [])]
    return ThemePage(
        days=" ".join(_days(parts)),
        duty=duty,
        instead=[] if disposed else [dispose],
        dispositions=[DispositionShown(each.on, _became(each)) for each in parts.dispositions],
        words=[_source(each) for each in parts.words],
        links=[
            PageLink(_("See the whole story"), href("dialogues:story")),
            PageLink(_("Add words to it"), href("dialogues:add_words")),
            *(later if disposed else []),
        ],
    )


def _days(parts: ThemeParts) -> Iterator[str]:
    """When it was heard, and deadlines of what is left to do."""
    theme = parts.theme
    yield _("Heard on %(day)s.") % {"day": written(theme.harvested_on)}
    if not parts.dispositions:
        yield _("Decide what happens next by %(day)s.") % {"day": written(theme.dispose_by)}
    if not parts.replies:
        yield _("Reply by %(day)s.") % {"day": written(theme.reply_by)}


def _became(disposition: Disposition) -> str:
    words = ". ".join(each for each in (disposition.get_kind_display(), disposition.reason) if each)
    return f"{words} ({disposition.went_to})" if disposition.went_to else words


def _source(source: Source) -> SourceShown:
    if source.aside:
        return SourceShown(aside=True)
    secret = _(
        "Said to the whole program. Only the people named for it read all of it, unless a court or "
        "law requires it."
    )
    by = str(source.by) if source.by else _("somebody, without a name")
    if source.quote:
        by += ". " + _("Quoted:") + f" “{source.quote}”"
    return SourceShown(aside=False, text=source.text if source.whole else secret, by=by)
