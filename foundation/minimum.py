"""How many answers a result needs before it is shown, and which of its parts may be shown.

`foundation.smallness` puts small counts into words.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Unit, register

# Results based on fewer answers than this are never shown.
MINIMUM = register(
    Limit("anonymity.minimum", _("Fewest answers of which a result is shown"), Unit.COUNT, 5)
)


def enough(answers: int) -> bool:
    """Whether a result based on this many answers may be shown."""
    return answers >= MINIMUM.value


def parts_shown(counts: Mapping[str, int]) -> frozenset[str]:
    """The parts that may be shown separately: all parts with answers, or none.

    One part that is too small hides the others, too: the total minus the others would reveal it.
    """
    present = {part: count for part, count in counts.items() if count}
    if present and all(enough(count) for count in present.values()):
        return frozenset(present)
    return frozenset()
