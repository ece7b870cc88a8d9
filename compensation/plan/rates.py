"""What a version pays for each kind of work, and where two versions differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from compensation.plan.models import PlanVersion, RateBasis, RateRule, WorkKind

# Paid like another kind of work unless a rule of its own says otherwise.
LIKE = {WorkKind.DIALOGUE: WorkKind.MEETING, WorkKind.CO_FACILITATION: WorkKind.DIALOGUE}
OWN_RULE = tuple(kind for kind in WorkKind if kind != WorkKind.MEETING)


@dataclass(frozen=True)
class WorkRate:
    """An amount for each hour, time or day; `rule` is None for the version's hourly rate."""

    amount: Decimal
    basis: RateBasis
    rule: RateRule | None = None

    def is_less(self, than: "WorkRate | None") -> bool:
        """Whether somebody could earn less by it; what is counted otherwise can't be compared."""
        if than is None:
            return False
        later = self.hours_ahead < than.hours_ahead
        return self.basis != than.basis or self.amount < than.amount or later

    @property
    def hours_ahead(self) -> int:
        """For meetings called off late: how many hours ahead is late; 0 for other work."""
        return (self.rule.hours_ahead or 0) if self.rule is not None else 0


@dataclass(frozen=True)
class RateTable:
    """The rates of one version, `own` by kind of work."""

    own: Mapping[WorkKind, WorkRate]

    def of(self, work: WorkKind) -> WorkRate | None:
        """What this work is paid, if need be like another kind; None: nothing."""
        rate = self.own.get(work)
        if rate is None and work in LIKE:
            return self.of(LIKE[work])
        return rate


def table(version: PlanVersion, rules: Iterable[RateRule] | None = None) -> RateTable:
    """The rates of a version; one query, unless its rules are given or prefetched."""
    found = version.rate_rules.all() if rules is None else rules
    own = {WorkKind.MEETING: WorkRate(version.hourly_rate, RateBasis.HOUR)}
    for rule in found:
        if rule.amount is not None:
            own[WorkKind(rule.work)] = WorkRate(rule.amount, RateBasis(rule.basis), rule)
    return RateTable(own)


def any_less(rates: RateTable, than: RateTable) -> bool:
    """Whether some kind of work could earn less by these rates."""
    for work in WorkKind:
        before, now = than.of(work), rates.of(work)
        if before is not None and (now is None or now.is_less(before)):
            return True
    return False
