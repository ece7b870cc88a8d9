"""The kinds of measures, one object each.

A new kind is a new member of `MeasureKind` and its object here; the constraints of `Measure` and
`DataPoint` hold what the database knows of it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from charts import Chart, ResultKind
from foundation.refusals import Refusal
from measures.kinds import words
from measures.kinds.shape import Asked, BetterWay, MeasureKind, MeasureShape, Words

_PAIR = ("numerator", "denominator")
_PAIR_OF_A_FILE = ("period", *_PAIR)
_NOT_OF_ONE = frozenset({"denominator", "per"})


def _asks(numerator: Words, example: Words, expected: Words) -> dict[str, Asked]:
    """How the form asks for the number itself, and for its plausible range."""
    return {
        "numerator": Asked(label=numerator, help=example),
        "lowest": Asked(help=expected),
        "highest": Asked(help=expected),
    }


SHAPES: Mapping[MeasureKind, MeasureShape] = MappingProxyType(
    {
        MeasureKind.PROPORTION: MeasureShape(
            hint=_(
                "Such as people seen within a week, out of all. Take this for ratings from 1 "
                "to 5, too: people who gave 4 or 5, out of all who answered."
            ),
            asks=_asks(
                _("Which people or things are counted?"),
                _("Such as: people who had a first visit within 7 days"),
                _("In percent. Whoever writes down another number is asked again."),
            ),
            leaves_out=frozenset({"per", "unit"}),
            numbers=_PAIR,
            columns=_PAIR_OF_A_FILE,
            whole=True,
            share=True,
            times=100,
            largest=100,
            too_large=_("A share is never more than 100%."),
            unit="%",
            axis="%",
            result=ResultKind.PROPORTION,
            charts=(Chart.RUN, Chart.P, Chart.P_PRIME, Chart.INDIVIDUAL),
            words=words.NUMBERS,
        ),
        MeasureKind.COUNT: MeasureShape(
            hint=_("Such as calls that nobody answered."),
            asks=_asks(
                _("What is counted?"),
                _("Such as: calls that nobody answered"),
                _("Whoever writes down another number is asked again."),
            ),
            leaves_out=_NOT_OF_ONE,
            whole=True,
            result=ResultKind.COUNT,
            charts=(Chart.RUN, Chart.C, Chart.INDIVIDUAL, Chart.G),
            words=words.NUMBERS,
        ),
        MeasureKind.RATE: MeasureShape(
            hint=_("Such as falls for every 1,000 days of care."),
            asks=_asks(
                _("What is counted?"),
                _("Such as: falls"),
                _("Of the rate. Whoever writes down another number is asked again."),
            ),
            leaves_out=frozenset(),
            numbers=_PAIR,
            columns=_PAIR_OF_A_FILE,
            counted=True,
            result=ResultKind.RATE,
            charts=(Chart.RUN, Chart.U, Chart.U_PRIME, Chart.INDIVIDUAL),
            words=words.NUMBERS,
        ),
        MeasureKind.SCORE: MeasureShape(
            hint=_(
                "Such as an average that a report gives you. If you have the single values, "
                "the next kind shows more."
            ),
            asks=_asks(
                _("What is the number, and how is it worked out?"),
                _("Such as: days from the first call to the first visit, the average of the month"),
                _("Whoever writes down another number is asked again."),
            ),
            leaves_out=_NOT_OF_ONE,
            percent_signs=True,
            result=ResultKind.SCORE,
            charts=(Chart.RUN, Chart.INDIVIDUAL, Chart.MOVING_RANGE, Chart.T, Chart.G),
            words=words.NUMBERS,
        ),
        MeasureKind.VALUES: MeasureShape(
            hint=_(
                "Such as the wait of each person in days. Nothing is written down about the person."
            ),
            asks=_asks(
                _("What is one value?"),
                _("Such as: days from the first call to the first visit, of one person"),
                _("Of each value. Whoever writes down another one is asked again."),
            ),
            leaves_out=_NOT_OF_ONE,
            numbers=("values",),
            columns=("period", "values"),
            result=ResultKind.WAIT,
            charts=(Chart.RUN, Chart.XBAR, Chart.INDIVIDUAL),
            words=words.VALUES,
        ),
        MeasureKind.EVENTS: MeasureShape(
            hint=_(
                "Such as falls, or times that somebody was held. If it happens less than about "
                "twice a month, the days between show more than a count."
            ),
            # The direction is that of the days between, while people think of the event itself.
            asks={
                "numerator": Asked(
                    label=_("What is it that happens?"), help=_("Such as: somebody fell")
                ),
                "name": Asked(help=_("Such as: Falls in the house")),
                "direction": Asked(
                    label=_("Is it good when it happens?"),
                    choices=(
                        (BetterWay.INCREASE, _("No. More days between are better")),
                        (BetterWay.DECREASE, _("Yes. Fewer days between are better")),
                        (BetterWay.NEUTRAL, _("Neither")),
                    ),
                ),
                "source": Asked(
                    label=_("Where is it written down?"), help=_("Such as: the night book")
                ),
            },
            leaves_out=_NOT_OF_ONE | {"unit", "frequency", "lag", "lowest", "highest"},
            ways={
                BetterWay.INCREASE: _("More days from one time to the next"),
                BetterWay.DECREASE: _("Fewer days from one time to the next"),
            },
            columns=("day", "times"),
            is_periodic=False,
            lacking=Refusal(
                _("Here only the days are written down on which it happened."),
                _("On all other days there is nothing to say."),
            ),
            whole=True,
            unexpected=_("Nobody can say how many days it will be."),
            unit=_(" days"),
            one=_("1 day"),
            result=ResultKind.RARE_EVENTS,
            charts=(Chart.RUN, Chart.T, Chart.G),
            words=words.DAYS,
        ),
    }
)
