"""How many answers it takes before a result is shown, and which of its parts may be.

How a small count is told in words is in `foundation.smallness`.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Unit, register

# Results of fewer answers than this are shown to nobody.
MINIMUM = register(
    Limit("anonymity.minimum", _("Fewest answers of which a result is shown"), Unit.COUNT, 5)
)


def enough(answers: int) -> bool:
    """Whether a result over so many answers may be shown."""
    return answers >= MINIMUM.value


def parts_shown(counts: Mapping[str, int]) -> frozenset[str]:
    """The parts of a whole that may be shown apart: all of those with answers, or none.

    One part that is too small hides the others, too: with the whole in sight, the difference
    would show it.
    """
    present = {part: count for part, count in counts.items() if count}
    if present and all(enough(count) for count in present.values()):
        return frozenset(present)
    return frozenset()
