"""Criteria as pages show them: whether each holds, why, the evidence, what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from accounts import titles
from accounts.models import Member
from accounts.permissions import Permission
from foundation.addresses import at
from foundation.founding import Founding
from foundation.links import Link
from foundation.models import Agency
from indicators import words
from indicators.cards import Seen
from indicators.founding import day_of
from indicators.models import FOUNDING
from indicators.registry import Evidence, Verdict
from indicators.rules import comparing_days

MOST_LINKS = 8


@dataclass(frozen=True)
class CriterionWords:
    """A criterion in words."""

    title: str
    status: str
    label: str
    text: str
    lapses: date | None
    todo: str
    where: str
    evidence: tuple[Link, ...]
    further: tuple[Link, ...] = ()
    """Evidence beyond the first few, folded away."""


def criteria(
    agency: Agency,
    seen: Seen,
    reader: Member,
    founding: Founding,
    *,
    evidence: bool = True,
) -> list[CriterionWords]:
    """The indicator's criteria for this reader, with links to the evidence they may see.

    Of a discreet criterion, most readers see only whether it holds: its numbers, evidence and
    expiry change as people come and leave. The committee sees evidence that enough people stand
    behind.
    """
    told = {
        each.code: comparing_days(seen.indicator.hides(each.code), reader) is None
        for each in seen.judged
    }
    wanted = {
        each.code: [
            one
            for one in each.outcome.evidence
            if told[each.code] or (reader.may(Permission.OVERSEE) and not one.small)
        ]
        for each in seen.judged
    }
    still = day_of(seen.indicator, founding, seen.day) is not None
    found = _found(chain.from_iterable(wanted.values()), reader) if evidence else {}
    shown = []
    for judged in seen.judged:
        criterion = seen.indicator.criterion(judged.code)
        holds = judged.outcome.verdict is Verdict.PASS
        status = status_of_one(judged.outcome.verdict, judged.at_risk, founding=still)
        rests_on = _links(wanted[judged.code], found)
        shown.append(
            CriterionWords(
                title=str(criterion.title),
                status=status,
                label=LABELS[status](),
                text=words.message(criterion, judged.outcome) if told[judged.code] else "",
                lapses=judged.outcome.lapses if holds and told[judged.code] else None,
                todo="" if holds and not judged.at_risk else str(criterion.todo),
                where=at(agency, criterion.where) if criterion.where else "",
                evidence=rests_on[:MOST_LINKS],
                further=rests_on[MOST_LINKS:],
            )
        )
    return shown


LABELS = {
    "met": lambda: _("In place"),
    "at_risk": lambda: _("Runs out soon"),
    "not_met": lambda: _("Not in place"),
    FOUNDING: lambda: _("Still open"),
    "no_data": lambda: _("Not enough data"),
}


def status_of_one(verdict: Verdict, at_risk: bool, *, founding: bool = False) -> str:
    """The status to show for a single criterion; `founding`: its indicator is not judged yet."""
    if verdict is Verdict.FAIL:
        return FOUNDING if founding else "not_met"
    if verdict is Verdict.NO_DATA:
        return "no_data"
    return "at_risk" if at_risk else "met"


Found = dict[tuple[str, int], Link]


def _found(evidence: Iterable[Evidence], reader: Member) -> Found:
    """The evidence the reader may see, resolved all at once."""
    return titles.links_of({(each.subject_type, each.subject_id) for each in evidence}, reader)


def _links(evidence: Iterable[Evidence], found: Found) -> tuple[Link, ...]:
    keys = dict.fromkeys((each.subject_type, each.subject_id) for each in evidence)
    return tuple(found[key] for key in keys if key in found)
