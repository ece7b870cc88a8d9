"""Presenters of lists of people: what would happen, what was left out, and what was sent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from accounts.lists.planning import INVITING, OPEN, PlannedRow, RowOutcome
from accounts.lists.words import WhyLeftOut, why_left_out
from accounts.models import Invitation, PeopleList
from foundation.addresses import at
from foundation.models import Agency

# Rows to mend or to answer on one page; the next ones follow once these are saved.
ROWS_SHOWN = 25


# How many rows of each outcome there are.
_COUNTS = {
    RowOutcome.EMAIL: ngettext_lazy(
        "%(n)d invitation by e-mail", "%(n)d invitations by e-mail", "n"
    ),
    RowOutcome.LETTER: ngettext_lazy("%(n)d letter to print", "%(n)d letters to print", "n"),
    RowOutcome.HERE: ngettext_lazy(
        "%(n)d person is here already", "%(n)d people are here already", "n"
    ),
    RowOutcome.INVITED: ngettext_lazy(
        "%(n)d person is invited already", "%(n)d people are invited already", "n"
    ),
    RowOutcome.UNSENT: ngettext_lazy(
        "%(n)d invitation could not be delivered: check the address on the person’s page",
        "%(n)d invitations could not be delivered: check the addresses on people’s pages",
        "n",
    ),
    RowOutcome.SAID_NO: ngettext_lazy(
        "%(n)d person said no to an invitation, and is not asked again",
        "%(n)d people said no to an invitation, and are not asked again",
        "n",
    ),
    RowOutcome.LEFT: ngettext_lazy(
        "%(n)d person has left: let them take part again on their own page",
        "%(n)d people have left: let them take part again on their own pages",
        "n",
    ),
    RowOutcome.PAUSED: ngettext_lazy(
        "%(n)d person’s access is paused", "%(n)d people’s access is paused", "n"
    ),
    RowOutcome.SAME_ROW: ngettext_lazy(
        "%(n)d row is the same as another", "%(n)d rows are the same as others", "n"
    ),
    RowOutcome.OUT: ngettext_lazy("%(n)d row is left out", "%(n)d rows are left out", "n"),
    RowOutcome.MEND: ngettext_lazy("%(n)d row to correct", "%(n)d rows to correct", "n"),
    RowOutcome.ASK: ngettext_lazy("%(n)d question to answer", "%(n)d questions to answer", "n"),
}


@dataclass(frozen=True)
class PeopleListPage:
    """`counts`: what would happen; `left_out`: columns that were not kept, in sentences."""

    counts: Sequence[str]
    left_out: Sequence[str]
    to_mend: int
    to_answer: int
    inviting: int
    further: str

    @property
    def is_ready(self) -> bool:
        return not self.to_mend and not self.to_answer


def list_page(people: PeopleList, rows: Sequence[PlannedRow]) -> PeopleListPage:
    found = Counter(each.outcome for each in rows)
    open_ = sum(found[each] for each in OPEN)
    further = max(0, open_ - ROWS_SHOWN)
    return PeopleListPage(
        counts=_counts(found),
        left_out=_left_out(people),
        to_mend=found[RowOutcome.MEND],
        to_answer=found[RowOutcome.ASK],
        inviting=sum(found[each] for each in INVITING),
        further=ngettext(
            "%(n)d more row follows when these are saved.",
            "%(n)d more rows follow when these are saved.",
            further,
        )
        % {"n": further}
        if further
        else "",
    )


def counted(result: dict[str, int]) -> list[str]:
    """What was done with a used list, a line for each outcome."""
    return _counts(Counter({RowOutcome(name): count for name, count in result.items()}))


def _counts(found: Counter[RowOutcome]) -> list[str]:
    return [str(_COUNTS[each] % {"n": found[each]}) for each in RowOutcome if found[each]]


def _left_out(people: PeopleList) -> list[str]:
    said = []
    others = []
    for heading, kind in people.left_out:
        name = f"“{heading}”" if heading else _("A column without a heading")
        if what := why_left_out(WhyLeftOut(kind)):
            said.append(_("%(name)s: looks like %(what)s") % {"name": name, "what": what})
        elif heading:
            others.append(name)
    if others:
        said.append(_("Not needed: %(names)s") % {"names": ", ".join(others)})
    if people.standings:
        said.append(
            ngettext(
                "Words for how somebody takes part, in %(n)d cell of the roles",
                "Words for how people take part, in %(n)d cells of the roles",
                people.standings,
            )
            % {"n": people.standings}
        )
    return said


def outcome_words(planned: PlannedRow) -> str:
    """What happens to one row, with the roles that the person gets."""
    said = _happens(planned)
    if planned.person is not None or planned.outcome not in INVITING or not planned.roles:
        return said
    roles = ", ".join(str(role.label) for role in planned.roles)
    return _("%(what)s. Role: %(roles)s") % {"what": said, "roles": roles}


def _happens(planned: PlannedRow) -> str:
    match planned.outcome:
        case RowOutcome.EMAIL if planned.person is not None:
            return _("A new invitation by e-mail, for somebody who was added before")
        case RowOutcome.LETTER if planned.taken:
            return _("A letter to print: somebody else uses this address to sign in")
        case RowOutcome.SAME_ROW:
            return _("Left out: the same person as in another row")
    words = {
        RowOutcome.EMAIL: _("An invitation by e-mail"),
        RowOutcome.LETTER: _("A letter to print"),
        RowOutcome.HERE: _("Is here already"),
        RowOutcome.INVITED: _("Is invited already"),
        RowOutcome.UNSENT: _("Is invited already, but the e-mail could not be delivered"),
        RowOutcome.SAID_NO: _("Said no to an invitation, and is not asked again"),
        RowOutcome.LEFT: _("Has left: let them take part again on their own page"),
        RowOutcome.PAUSED: _("Their access is paused"),
        RowOutcome.OUT: _("Left out"),
        RowOutcome.MEND: _("Correct it above"),
        RowOutcome.ASK: _("Answer above who it is"),
    }
    return words[planned.outcome]


def table_rows(agency: Agency, people: PeopleList, rows: Sequence[PlannedRow]) -> list[list[Any]]:
    """The rows of the table: number and name, how to reach them, what happens."""
    page = at(agency, "accounts:people_list", pk=people.pk)
    found: list[list[Any]] = []
    for each in rows:
        row = each.row
        name = _("%(row)d. %(name)s") % {"row": row.row, "name": row.called or _("No name")}
        found.append(
            [
                {"text": name, "href": f"{page}?change={row.row}#r{row.row}"},
                ", ".join(part for part in (row.email, row.phone) if part),
                outcome_words(each),
            ]
        )
    return found


@dataclass(frozen=True)
class SendingShown:
    """How far the invitations of a list are."""

    by_email: int
    sent: int
    unsent: int
    letters: int

    @property
    def is_under_way(self) -> bool:
        return self.sent + self.unsent < self.by_email


def sending(agency: Agency, batch: UUID) -> SendingShown:
    """One query."""
    made = Invitation.objects.within(agency).filter(batch=batch)
    by_email = ~Q(email="")
    found = made.order_by().aggregate(
        by_email=Count("pk", filter=by_email),
        sent=Count("pk", filter=by_email & Q(sent_at__isnull=False)),
        unsent=Count("pk", filter=by_email & Q(sent_at=None) & ~Q(given_up_at=None)),
        over=Count("pk", filter=by_email & Q(sent_at=None, given_up_at=None) & ~Q(revoked_at=None)),
        letters=Count("pk", filter=Q(email="", accepted_at=None, revoked_at=None)),
    )
    return SendingShown(
        found["by_email"] - found["over"], found["sent"], found["unsent"], found["letters"]
    )
