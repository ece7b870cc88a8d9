"""The kinds of charts, one object each: data required, lines, and what may be said.

A new kind is a new member of `Chart` and its object in `SHAPES`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from charts import limits
from charts.limits import Lines
from charts.readings import PhaseRows


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation, which happens where it is shown."""
    return message


class Chart(StrEnum):
    """The twelve charts, by their short names."""

    RUN = "run"
    INDIVIDUAL = "i"
    MOVING_RANGE = "mr"
    XBAR = "xbar"
    S = "s"
    T = "t"
    P = "p"
    P_PRIME = "pp"
    C = "c"
    U = "u"
    U_PRIME = "up"
    G = "g"

    @property
    def shape(self) -> "ChartShape":
        return SHAPES[self]


class Spread(StrEnum):
    """What a chart of spread shows about the distance between results."""

    JUMPS = "jumps"
    SINGLE_VALUES = "single_values"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartShape:
    """A kind of chart.

    `name` is its name in a list, `because` says why it fits, `beside` is its title below the chart
    of {name}. `lines` computes center line and limits of one phase.

    Data: `grouped`, each period's single values; `sized`, a denominator for each period; `counts`,
    nothing below 0; `share`, at most the denominator; `gaps`, more than 0.

    Findings: `limits`, whether it has any; `even`, whether they are symmetric about the middle;
    `by_runs`, whether runs are meaningful; `making_data_count`, whether those rules apply. A chart
    of `spread` shows how far apart results are, which is neither better nor worse. `between`: it
    shows what lies between rare events. `from_zero`: its axis starts at 0. `companion` is shown
    below it.
    """

    name: str
    lines: Callable[[PhaseRows], Lines]
    because: str = ""
    beside: str = ""
    grouped: bool = False
    sized: bool = False
    counts: bool = False
    share: bool = False
    gaps: bool = False
    limits: bool = True
    even: bool = True
    by_runs: bool = True
    making_data_count: bool = False
    spread: Spread | None = None
    between: bool = False
    from_zero: bool = True
    companion: Chart | None = None


SHAPES: Mapping[Chart, ChartShape] = MappingProxyType(
    {
        Chart.RUN: ChartShape(
            name=gettext_noop("Line with its middle"),
            lines=limits.run,
            limits=False,
            even=False,
            from_zero=False,
        ),
        Chart.INDIVIDUAL: ChartShape(
            name=gettext_noop("Single results (I chart)"),
            because=gettext_noop(
                "Each period has one result, so its limits come from how much results jump."
            ),
            lines=limits.individual,
            making_data_count=True,
            from_zero=False,
        ),
        # Neighboring moving ranges share a result, so their runs mean nothing.
        Chart.MOVING_RANGE: ChartShape(
            name=gettext_noop("Changes from one to the next (MR chart)"),
            lines=limits.moving_range,
            even=False,
            by_runs=False,
            spread=Spread.JUMPS,
        ),
        Chart.XBAR: ChartShape(
            name=gettext_noop("Averages of single values (X-bar chart)"),
            because=gettext_noop(
                "Each result is the average of several values. The more values it rests on, the "
                "closer its limits are."
            ),
            lines=limits.xbar,
            grouped=True,
            from_zero=False,
            companion=Chart.S,
        ),
        Chart.S: ChartShape(
            name=gettext_noop("How far the single values differ (S chart)"),
            beside=gettext_noop("{name}: how far the single values differ"),
            lines=limits.deviation,
            grouped=True,
            spread=Spread.SINGLE_VALUES,
        ),
        Chart.T: ChartShape(
            name=gettext_noop("Days between rare events (T chart)"),
            because=gettext_noop("Each result is the number of days from one time to the next."),
            lines=limits.time_between,
            gaps=True,
            even=False,
            between=True,
        ),
        Chart.P: ChartShape(
            name=gettext_noop("Shares (P chart)"),
            because=gettext_noop(
                "Each result is a share. The more people it rests on, the closer its limits are."
            ),
            lines=limits.shares,
            sized=True,
            counts=True,
            share=True,
        ),
        Chart.P_PRIME: ChartShape(
            name=gettext_noop("Shares of large groups (P-prime chart)"),
            because=gettext_noop(
                "Each result is a share of many people. The results differ more than such shares "
                "do by luck alone, so the limits are wider."
            ),
            lines=limits.shares_of_many,
            sized=True,
            counts=True,
            share=True,
        ),
        Chart.C: ChartShape(
            name=gettext_noop("Counts (C chart)"),
            because=gettext_noop(
                "Each result is a count, taken of about the same time or use every period."
            ),
            lines=limits.counts,
            counts=True,
        ),
        Chart.U: ChartShape(
            name=gettext_noop("Rates (U chart)"),
            because=gettext_noop(
                "Each result is a rate. The more time or use it rests on, the closer its limits "
                "are."
            ),
            lines=limits.rates,
            sized=True,
            counts=True,
        ),
        Chart.U_PRIME: ChartShape(
            name=gettext_noop("Rates of large groups (U-prime chart)"),
            because=gettext_noop(
                "Each result is a rate over much time or use. The results differ more than such "
                "rates do by luck alone, so the limits are wider."
            ),
            lines=limits.rates_of_much,
            sized=True,
            counts=True,
        ),
        Chart.G: ChartShape(
            name=gettext_noop("Days or cases between rare events (G chart)"),
            because=gettext_noop(
                "Each result is the number of days from one time to the next. Some times fell on "
                "the same day, with 0 days between."
            ),
            lines=limits.cases_between,
            counts=True,
            even=False,
            between=True,
        ),
    }
)
