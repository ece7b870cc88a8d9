"""Words for rules of pay that were set aside: the rule, the reason, how often, and the sum."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compensation.overrides.reading import Overridden, Rule
from foundation import smallness
from foundation.templatetags.components import dollars
from groups.scheduling import Beyond

# Why each rule can be set aside; the budget asks for a reason each time.
REASONS = {
    Rule.RECEIPT: gettext_lazy("There is none; the person said why"),
    Rule.APPROVED_FIRST: gettext_lazy("It was handed over first, and approved later"),
    Rule.DEDUCTED: gettext_lazy("An approver let it go"),
    Rule.APPROVES: gettext_lazy("A deputy stood in"),
    Rule.PAYS: gettext_lazy("A deputy stood in"),
    Rule.RATIFIED: gettext_lazy("It was put in force for the founding, on paper"),
    Rule.EVEN: gettext_lazy("It did not; somebody said why, and a second person confirms it"),
}


def rows_shown(found: Iterable[Overridden]) -> list[tuple[str, str, str, str]]:
    """Too few people and nobody look the same."""
    return [(str(each.rule.label), _why(each), *_told(each)) for each in found]


def _why(each: Overridden) -> str:
    if each.rule != Rule.BUDGET:
        return str(REASONS[each.rule])
    return str(Beyond(each.why).label) if each.why else ""


def _told(each: Overridden) -> tuple[str, str]:
    if not each.shown:
        few = _("%(few)s people, or nobody") % {"few": smallness.count(0)}
        return few, _("Too few to show")
    return str(each.times), dollars(each.amount)
