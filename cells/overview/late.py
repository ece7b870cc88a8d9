"""Overdue work in many cells at once: steps, reviews, tests, votes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from cells.cell.models import Cell
from cells.plans.models import ActionPlan, ActionStep, PDSACycle, PlanStatus, clock_stopped
from cells.ranking.models import PriorityRound
from foundation import prepared
from foundation.models import Agency

THIS = OuterRef("pk")


@dataclass(frozen=True)
class OverdueWork:
    """How much of each kind is overdue; nothing of people whose clocks stand still."""

    steps: int
    looks: int
    tests: int
    votes: int
    slips: int

    @property
    def total(self) -> int:
        return self.steps + self.looks + self.tests + self.votes + self.slips

    @property
    def words(self) -> list[str]:
        """One sentence for each kind that occurs."""
        said = [
            (
                self.steps,
                ngettext("%(n)d action step is late.", "%(n)d action steps are late.", self.steps),
            ),
            (
                self.looks,
                ngettext(
                    "It is past the day to look at %(n)d plan.",
                    "It is past the day to look at %(n)d plans.",
                    self.looks,
                ),
            ),
            (
                self.tests,
                ngettext(
                    "The last day of %(n)d small test is over.",
                    "The last day of %(n)d small tests is over.",
                    self.tests,
                ),
            ),
            (
                self.votes,
                ngettext(
                    "%(n)d vote is over and not closed.",
                    "%(n)d votes are over and not closed.",
                    self.votes,
                ),
            ),
            (
                self.slips,
                ngettext(
                    "What got better has slipped for %(n)d idea.",
                    "What got better has slipped for %(n)d ideas.",
                    self.slips,
                ),
            ),
        ]
        return [words % {"n": count} for count, words in said if count]


def _count[M: Model](rows: QuerySet[M], path: str) -> Coalesce:
    counted = rows.order_by().values(path).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def late_of(agency: Agency, cells: Iterable[Cell], on: date) -> dict[int, OverdueWork]:
    """Overdue work in these cells on that day, by key; one query."""
    asked, values = prepared.of_keys(_counted, agency, on, (cell.pk for cell in cells))
    return {pk: OverdueWork(*counts) for pk, *counts in asked.tuples(values)}


def _counted(agency: Agency, on: date) -> QuerySet[Cell, tuple[int, ...]]:
    active = Q(plan__status=PlanStatus.ACTIVE, plan__opportunity__cell=THIS)
    steps = ActionStep.objects.within(agency).overdue(on).filter(active)
    plans = ActionPlan.objects.within(agency).filter(
        ~clock_stopped(agency, on, "looked_at_by"),
        opportunity__cell=THIS,
        status=PlanStatus.ACTIVE,
        next_review_on__lt=on,
    )
    tests = (
        PDSACycle.objects.within(agency)
        .running()
        .filter(~clock_stopped(agency, on, "leader"), done_on=None, to_day__lt=on)
    )
    votes = PriorityRound.objects.within(agency).ended(on).filter(cell=THIS)
    slips = ActionPlan.objects.within(agency).filter(
        opportunity__cell=THIS, slipped_on__isnull=False, left_on=None
    )
    rows = Cell.objects.within(agency).filter(prepared.one_of_keys("pk"))
    return rows.values_list(
        "pk",
        _count(steps, "plan__opportunity__cell"),
        _count(plans, "opportunity__cell"),
        _count(tests.filter(active), "plan__opportunity__cell"),
        _count(votes, "cell"),
        _count(slips, "opportunity__cell"),
    )
