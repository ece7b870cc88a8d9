"""How the work of a closed cell ended, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cells.cell.models import Cell
from cells.handing_on import goes_on
from cells.handing_on.models import Fate, HowItWent, Settlement
from cells.ideas.models import Opportunity
from cells.plans.models import ActionPlan, PDSACycle
from foundation.addresses import at
from measures.definitions.models import Measure

_NAMES = {
    goes_on.IDEA: (Opportunity, "title", "cells:opportunity"),
    goes_on.WATCH: (ActionPlan, "opportunity__title", "cells:plan"),
    goes_on.TEST: (PDSACycle, "title", "cells:cycle"),
    goes_on.MEASURE: (Measure, "name", "measures:measure"),
}


@dataclass(frozen=True)
class ToldSettlement:
    """One thing, how it ended, and why; `href` is empty if its new cell is hidden."""

    title: str
    href: str
    words: str
    why: str


def settlements(cell: Cell, rows: Iterable[Settlement]) -> list[ToldSettlement]:
    """Settlements with their titles; one query per kind."""
    of_kind: dict[str, list[Settlement]] = defaultdict(list)
    for row in rows:
        of_kind[row.kind].append(row)
    found = []
    for kind, settled in of_kind.items():
        model, title, page = _NAMES[kind]
        there = model.objects.within(cell.agency).filter(pk__in=[each.row for each in settled])
        titles = dict(there.values_list("pk", title))
        for each in settled:
            hidden = each.to_cell is not None and each.to_cell.group.hidden
            href = "" if hidden or each.row not in titles else at(cell.agency, page, pk=each.row)
            found.append(
                ToldSettlement(titles.get(each.row, ""), href, _words(each, hidden), each.why)
            )
    return found


def _words(each: Settlement, hidden: bool) -> str:
    if each.fate == Fate.HAND_OVER and not hidden:
        return _("%(person)s goes on with it in %(cell)s.") % {
            "person": each.to.shown_name,
            "cell": each.to_cell.group.name,
        }
    if each.fate == Fate.HAND_OVER:
        return _("Another cell goes on with it.")
    if each.fate == Fate.SUSTAIN:
        return _("%(person)s keeps checking that it holds.") % {"person": each.to.shown_name}
    if each.outcome:
        return _("Ended. %(how)s.") % {"how": HowItWent(each.outcome).label}
    return _("Ended.")
