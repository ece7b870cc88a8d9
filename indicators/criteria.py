"""What pages show of each criterion: whether it holds, why, the evidence, what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.models import Agency
from indicators import words
from indicators.cards import Seen
from indicators.registry import Evidence, Verdict
from indicators.rules import comparing_days

MOST_LINKS = 8


@dataclass(frozen=True)
class Shown:
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
    """Evidence beyond the first ones; it is folded."""


def criteria(agency: Agency, seen: Seen, reader: Member, *, evidence: bool = True) -> list[Shown]:
    """The indicator's criteria for this reader, with links to what they may see of the evidence.

    Of a discreet indicator most readers see only whether each holds: numbers and evidence change
    with whoever comes and leaves.
    """
    told = comparing_days(seen.indicator.discreet, reader) is None
    wanted = [each for judged in seen.judged for each in judged.outcome.evidence]
    found = _found(wanted, reader) if evidence and told else {}
    shown = []
    for judged in seen.judged:
        criterion = seen.indicator.criterion(judged.code)
        holds = judged.outcome.verdict is Verdict.PASS
        status = status_of_one(judged.outcome.verdict, judged.at_risk)
        rests_on = _links(judged.outcome.evidence, found)
        shown.append(
            Shown(
                title=str(criterion.title),
                status=status,
                label=LABELS[status](),
                text=words.message(criterion, judged.outcome) if told else "",
                lapses=judged.outcome.lapses if holds else None,
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
    "no_data": lambda: _("Not enough data"),
}


def status_of_one(verdict: Verdict, at_risk: bool) -> str:
    """The status that a single criterion is drawn with."""
    if verdict is Verdict.FAIL:
        return "not_met"
    if verdict is Verdict.NO_DATA:
        return "no_data"
    return "at_risk" if at_risk else "met"


Found = dict[tuple[str, int], Link]


def _found(evidence: Iterable[Evidence], reader: Member) -> Found:
    """Of all evidence at once, what the reader may see."""
    return links.links_of({(each.subject_type, each.subject_id) for each in evidence}, reader)


def _links(evidence: Iterable[Evidence], found: Found) -> tuple[Link, ...]:
    keys = dict.fromkeys((each.subject_type, each.subject_id) for each in evidence)
    return tuple(found[key] for key in keys if key in found)
