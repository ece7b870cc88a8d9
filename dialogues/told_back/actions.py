"""Dispositions of themes, and replies to the people who spoke."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell.actions import open_cell
from cells.cell.models import Cell
from cells.ideas.actions import Origin, raise_opportunity
from cells.ideas.models import Opportunity
from dialogues.policies import QUOTES
from dialogues.silencing.models import words_set_aside
from dialogues.themes.actions import authors, locked_theme
from dialogues.themes.models import Theme, Words
from dialogues.told_back import rules
from dialogues.told_back.models import Disposition, DispositionKind, Reply
from foundation import events
from foundation.refusals import enforce
from notifications.actions import tell


@transaction.atomic
def dispose(
    theme: Theme,
    *,
    by: Member,
    kind: str,
    reason: str = "",
    went_to: str = "",
    answer: str = "",
    on: date | None = None,
) -> Disposition:
    """Decide what happens with a theme (except taking it to a cell: `take_to_cell`).

    ValidationError: set aside or not ours without a reason, not ours without where it went,
    answered without the answer, which is sent at once.
    """
    theme = locked_theme(theme, by)
    enforce(rules.disposing(theme, by))
    _check(kind, reason.strip(), went_to.strip(), answer.strip())
    disposition = _dispose(
        theme,
        by,
        kind,
        on,
        reason=reason.strip(),
        went_to=went_to.strip() if kind == DispositionKind.NOT_OURS else "",
    )
    if kind == DispositionKind.ANSWERED:
        _reply(theme, by, answer, on)
    else:
        _tell(theme, "theme.disposed", by)
    return disposition


def _check(kind: str, reason: str, went_to: str, answer: str) -> None:
    wrong = {}
    if kind not in DispositionKind.values or kind == DispositionKind.CELL:
        raise ValidationError({"kind": _("Choose what happens next.")})
    if kind in {DispositionKind.PARKED, DispositionKind.NOT_OURS} and not reason:
        wrong["reason"] = _("Say why, so that people understand it.")
    if kind == DispositionKind.NOT_OURS and not went_to:
        wrong["went_to"] = _("Say who you gave it to.")
    if kind == DispositionKind.ANSWERED and not answer:
        wrong["answer"] = _("Write the answer.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def take_to_cell(
    theme: Theme,
    cell: Cell,
    *,
    by: Member,
    kind: str,
    title: str,
    description: str = "",
    on: date | None = None,
) -> Opportunity:
    """Raise the theme as an improvement opportunity in a cell, with the words it rests on."""
    theme = locked_theme(theme, by)
    enforce(rules.disposing(theme, by))
    opportunity = raise_opportunity(
        cell,
        by=by,
        kind=kind,
        title=title,
        description=description,
        origin=Origin(Theme.subject_code, theme.pk, quotes(theme)),
    )
    _dispose(theme, by, DispositionKind.CELL, on, opportunity=opportunity)
    _tell(theme, "theme.taken_to_cell", by)
    return opportunity


@transaction.atomic
def take_to_new_cell(
    theme: Theme, name: str, *, by: Member, kind: str, title: str, description: str = ""
) -> Cell:
    """Open a cell that begins with the theme as its first improvement opportunity."""
    cell = open_cell(name=name, focus=title, by=by, on=by.agency.today())
    take_to_cell(theme, cell, by=by, kind=kind, title=title, description=description)
    return cell


@transaction.atomic
def reply(theme: Theme, *, by: Member, text: str, on: date | None = None) -> Reply:
    """Reply to people: you said, we did. Authors of the theme's words get a message."""
    theme = locked_theme(theme, by)
    enforce(rules.replying(theme, by, disposed=theme.dispositions.exists()))
    if not text.strip():
        raise ValidationError({"text": _("Write what people said and what was done.")})
    return _reply(theme, by, text, on)


def quotes(theme: Theme) -> str:
    """The quotes of a theme, one per line."""
    rows = Words.objects.within(theme.agency).filter(theme=theme).exclude(quote="")
    rows = rows.exclude(Exists(words_set_aside(theme.agency, theme.agency.today())))
    found = rows.order_by("pk").values_list("quote", flat=True)
    return "\n".join(f"“{quote}”" for quote in found[: QUOTES.value])


def _dispose(
    theme: Theme,
    by: Member,
    kind: str,
    on: date | None,
    *,
    reason: str = "",
    went_to: str = "",
    opportunity: Opportunity | None = None,
) -> Disposition:
    disposition: Disposition = theme.dispositions.create(
        agency=by.agency,
        kind=kind,
        on=_day(theme, by, on),
        by=by,
        reason=reason,
        went_to=went_to,
        opportunity=opportunity,
    )
    theme.version += 1
    theme.save(update_fields=["version"])
    events.record("theme.disposed", theme, by=by, dialogue=theme.dialogue_id, kind=kind)
    return disposition


def _reply(theme: Theme, by: Member, text: str, on: date | None) -> Reply:
    said: Reply = theme.replies.create(
        agency=by.agency, text=text.strip(), on=_day(theme, by, on), by=by
    )
    events.record("theme.answered", theme, by=by, dialogue=theme.dialogue_id)
    _tell(theme, "theme.answered", by)
    return said


def _day(theme: Theme, by: Member, on: date | None) -> date:
    today = by.agency.today()
    on = on or today
    if not theme.harvested_on <= on <= today:
        raise ValidationError({"on": _("Choose a day after it was heard, not after today.")})
    return on


def _tell(theme: Theme, code: str, by: Member) -> None:
    for author in authors(theme):
        if author.pk != by.pk:
            tell(author, code, subject=theme)
