"""Words of the comparison: what each side earned, and why it differs if it does."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from compensation.equal_pay.reading import ROUNDING, Compared, Earned
from compensation.plan.models import RateBasis
from foundation.templatetags.components import dollars


def rows_shown(found: Sequence[Compared]) -> list[Sequence[str]]:
    """The kind of work, what each side earned, and how they compare."""
    return [
        (
            str(each.work.label),
            _earned(each.consumers, each.basis),
            _earned(each.others, each.basis),
            " ".join(_compared(each)),
        )
        for each in found
    ]


def _earned(earned: Earned | None, basis: RateBasis) -> str:
    """Too few people and nobody look the same."""
    if earned is None or not earned.shown:
        return _("Too few to show")
    said = {
        RateBasis.HOUR: _("%(amount)s an hour"),
        RateBasis.SESSION: _("%(amount)s each time"),
        RateBasis.DAY: _("%(amount)s a day"),
    }
    return said[basis] % {"amount": dollars(earned.each)}


def _compared(each: Compared) -> Iterator[str]:
    consumers, others = each.consumers, each.others
    if not each.comparable or consumers is None or others is None:
        yield _("Too few people to compare.")
        return
    apart = consumers.each - others.each
    if abs(apart) < ROUNDING:
        yield _("The same.")
        return
    if apart > 0:
        yield _("People who use services earned more.")
    else:
        yield _("People who use services earned less.")
    yield from _why(consumers, others)


def _why(consumers: Earned, others: Earned) -> Iterator[str]:
    capped = abs((consumers.uncut - consumers.each) - (others.uncut - others.each)) >= ROUNDING
    versions = len({consumers.lowest, consumers.highest, others.lowest, others.highest}) > 1
    rates = abs(consumers.uncut - others.uncut) >= ROUNDING
    if capped:
        yield _("The limit for one day cut more on one side.")
    if rates and versions:
        yield _("The rate changed, and they did not work in the same months.")
    elif rates:
        yield _("We can’t tell why. Ask an administrator to look into it.")
