"""A theme's way in one screen: who said what, what became of it, what people were told."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from cells import story as cells_story
from cells.story import Step
from dialogues import rules
from dialogues.models import Disposition, DispositionKind, Theme, Words

ORIGIN = "dialogues.theme"
QUOTES_SHOWN = 3


def steps(theme: Theme, reader: Member) -> list[Step]:
    """From the voices to the result, with what is still ahead; in the order of their days."""
    return [*_what_was_said(theme, reader), *_what_became_of_it(theme, reader), *_ahead(theme)]


def public(theme: Theme) -> list[Step]:
    """For somebody who spoke as nobody: without names, or what happens inside of cells."""
    told = [*_dispositions(theme), *_replies(theme)]
    return [*_what_was_said(theme, None), *sorted(told, key=_day), *_ahead(theme)]


def _day(step: Step) -> date:
    return step.on or date.max


def _what_was_said(theme: Theme, reader: Member | None) -> Iterator[Step]:
    # People chose to show their name in the dialogue: whoever is not in it does not read it.
    inside = reader is not None and rules.reading(theme.dialogue, reader) is None
    words = list(theme.words.select_related("contribution__author", "voice").order_by("pk"))
    quoted = [each for each in words if each.quote][:QUOTES_SHOWN]
    for each in quoted:
        on = each.contribution.on if each.contribution else None
        mine = reader is not None and each.contribution and each.contribution.author == reader
        by = _name(each) if inside or mine else _("somebody, without a name")
        yield Step("said", _("Somebody said"), on, quote=each.quote, by=by, icon="message-circle")
    if not quoted:
        said = ngettext("It was said once.", "It was said %(n)d times.", len(words))
        yield Step(
            "said",
            _("Somebody said it"),
            None,
            text=said % {"n": len(words)},
            icon="message-circle",
        )
    yield Step(
        "heard",
        _("It was heard as a theme"),
        theme.harvested_on,
        text=f"{theme.title}\n{theme.summary}".strip(),
        icon="users",
    )


def _name(words: Words) -> str:
    contribution = words.contribution
    if contribution is not None and contribution.named and contribution.author is not None:
        return str(contribution.author)
    return _("somebody, without a name")


def _what_became_of_it(theme: Theme, reader: Member) -> list[Step]:
    """Cells tell their part themselves; a cell that the reader may not know of tells nothing."""
    cells = cells_story.steps(ORIGIN, theme.pk, reader)
    return sorted(
        [*_dispositions(theme, told_by_cells=bool(cells)), *cells, *_replies(theme)], key=_day
    )


def _dispositions(theme: Theme, *, told_by_cells: bool = False) -> Iterator[Step]:
    for each in theme.dispositions.order_by("on", "pk"):
        if each.kind == DispositionKind.CELL and told_by_cells:
            continue
        yield Step(
            "disposition",
            str(each.get_kind_display()),
            each.on,
            text=_why(each),
            icon="arrow-right",
        )


def _why(disposition: Disposition) -> str:
    lines = [disposition.reason]
    if disposition.went_to:
        lines.append(_("It went to: %(where)s") % {"where": disposition.went_to})
    return "\n".join(line for line in lines if line)


def _replies(theme: Theme) -> Iterator[Step]:
    for each in theme.replies.order_by("on", "pk"):
        yield Step("reply", _("You said, we did"), each.on, text=each.text, icon="circle-check")


def _ahead(theme: Theme) -> Iterator[Step]:
    if not theme.dispositions.exists():
        yield Step(
            "ahead",
            _("We say what becomes of it"),
            theme.dispose_by,
            text=_("At the latest on this day."),
            done=False,
        )
    if not theme.replies.exists():
        yield Step(
            "ahead",
            _("We reply"),
            theme.reply_by,
            text=_("At the latest on this day."),
            done=False,
        )
