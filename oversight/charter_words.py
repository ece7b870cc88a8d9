"""How a reader is told that the committee is out of its charter, and what would mend it.

Seats by class are counted only for readers who may see standings. To all others a wrong division
is one sentence about today, without numbers, classes or days: what one more or one less of a class
changes from one day to the next would point at whoever came or left. A vacant office that leads has
no day for them either, since who held it hints at a standing, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Member
from documents import rules as document_rules
from documents.terms import LABELS
from foundation.addresses import at
from groups import rules as group_rules
from groups.leading import LEADING
from groups.models import Group, MotionKind
from indicators.rules import comparing_days
from oversight.out_of_charter import Departure, DepartureCode

SEATS = frozenset({DepartureCode.EMPTY, DepartureCode.TOO_MANY})
OF_THE_CHARTER = frozenset({DepartureCode.QUORUM, DepartureCode.DECIDES_BY})
MENDS: Mapping[DepartureCode, str | Promise] = {
    DepartureCode.EMPTY: _("To fix this, the committee can offer somebody a seat."),
    DepartureCode.TOO_MANY: _(
        "To fix this, a member can give up a seat, or a new charter can have more of them."
    ),
    DepartureCode.CLASS: _(
        "To fix this, the committee can offer seats as its charter divides them."
    ),
    DepartureCode.TERM_OVER: _("To fix this, the committee can decide on another term for them."),
    DepartureCode.IN_A_ROW: _("To fix this, the committee can offer their seats to others."),
    DepartureCode.OFFICE: _(
        "To fix this, the committee can offer the office to one of its members."
    ),
    DepartureCode.QUORUM: _(
        "To fix this, a new charter can ask for as many consumers as the portal does."
    ),
    DepartureCode.DECIDES_BY: _(
        "To fix this, a new charter can let the committee decide by consent."
    ),
}


@dataclass(frozen=True)
class ToldDeparture:
    """One difference in words. `since` is None where the reader may not compare days."""

    words: str
    since: date | None
    mend: str
    href: str = ""
    link: str = ""


def told(
    departures: Sequence[Departure], group: Group, reader: Member, *, today: bool
) -> list[ToldDeparture]:
    """What this reader may know of; no query if the reader's place in the group is loaded.

    `today`: whether it is about today; of past days only readers who may see standings are told how
    seats were divided, and whether somebody led.
    """
    if comparing_days(True, reader) is None:
        return [_linked(each.code, _words(each), each.since, group, reader) for each in departures]
    shown = []
    for each in departures:
        if each.code == DepartureCode.CLASS:
            continue
        if each.which not in LEADING:
            shown.append(_linked(each.code, _words(each), each.since, group, reader))
        elif today:
            shown.append(_linked(each.code, _words(each), None, group, reader))
    found = {each.code for each in departures}
    if DepartureCode.CLASS in found and not found & SEATS and today:
        words = _t(
            "The seats are not divided among consumers, staff and others as the charter says."
        )
        shown.insert(0, _linked(DepartureCode.CLASS, words, None, group, reader))
    return shown


def _linked(
    code: DepartureCode, words: str, since: date | None, group: Group, reader: Member
) -> ToldDeparture:
    href = link = ""
    if code in OF_THE_CHARTER:
        if document_rules.drafting(reader) is None:
            href = at(reader.agency, "documents:document", kind="charter")
            link = _t("Write a new charter")
    elif code == DepartureCode.TOO_MANY:
        href = at(reader.agency, "groups:people", pk=group.pk)
        link = _t("See who is in it")
    elif group_rules.moving(group, MotionKind.SEAT, group, reader) is None:
        href = at(reader.agency, "groups:propose_seat", pk=group.pk)
        link = _t("Propose whom to offer it")
    return ToldDeparture(words, since, str(MENDS[code]), href, link)


def _words(departure: Departure) -> str:
    numbers = {"asked": departure.asked, "held": departure.held, "count": departure.held}
    match departure.code:
        case DepartureCode.EMPTY:
            count = departure.asked - departure.held
            return ngettext(
                "%(count)d of %(asked)d seats is empty.",
                "%(count)d of %(asked)d seats are empty.",
                count,
            ) % {"count": count, "asked": departure.asked}
        case DepartureCode.TOO_MANY:
            return (
                _t("There are %(held)d seats with a vote, and the charter has %(asked)d.") % numbers
            )
        case DepartureCode.CLASS:
            return _t("%(which)s: %(held)d seats are held, and the charter has %(asked)d.") % {
                "which": LABELS[f"seats_{departure.which}"],
                **numbers,
            }
        case DepartureCode.TERM_OVER:
            return (
                ngettext(
                    "The term of %(count)d member has run out.",
                    "The terms of %(count)d members have run out.",
                    departure.held,
                )
                % numbers
            )
        case DepartureCode.IN_A_ROW:
            return (
                ngettext(
                    "%(count)d member has served as many terms in a row as the charter allows.",
                    "%(count)d members have served as many terms in a row as the charter allows.",
                    departure.held,
                )
                % numbers
            )
        case DepartureCode.OFFICE:
            return _t("Nobody holds this office: %(which)s.") % {"which": LABELS[departure.which]}
        case DepartureCode.QUORUM:
            return (
                _t(
                    "The charter asks for %(asked)d consumers in a quorum. The portal asks every "
                    "group for %(held)d, and counts by that."
                )
                % numbers
            )
        case DepartureCode.DECIDES_BY:
            return _t(
                "The charter lets a majority decide. Here a decision is adopted only if nobody "
                "objects."
            )
