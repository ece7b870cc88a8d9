"""What each governing document is held against: the items of its checklist, in code."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.models import DocumentKind


@dataclass(frozen=True)
class Item:
    code: str
    title: str | Promise
    question: str | Promise


_MISSION = (
    Item("empowerment", _("Power to decide"), _("Does it say that people decide for themselves?")),
    Item("respect", _("Respect"), _("Does it speak of people with respect, as equals?")),
    Item("autonomy", _("A life of one’s own"), _("Does it want people to run their own lives?")),
    Item("hope", _("Hope"), _("Does it say that people can get better and live well?")),
    Item(
        "responsibility",
        _("Responsibility"),
        _("Does it trust people to take responsibility for themselves?"),
    ),
    Item(
        "productivity",
        _("Work and doing"),
        _("Does it want people to work, learn and do what matters to them?"),
    ),
    Item(
        "needs_before_protocols",
        _("The person before the rules"),
        _("Does what one person needs come before fixed rules?"),
    ),
    Item(
        "collaboration",
        _("Working together"),
        _("Does it say that people who use and who give services work together?"),
    ),
)
_PROCESS = (
    Item("who_decides", _("Who decides"), _("Does it say who decides at each step?")),
    Item(
        "consumers_in_each_step",
        _("Consumers in each step"),
        _("Does it say where consumers take part in each step?"),
    ),
    Item(
        "feedback",
        _("Told back"),
        _("Does it say how those who raised something hear what came of it?"),
    ),
    Item("appeal", _("Appeal"), _("Does it say what to do when you don’t agree?")),
    Item("success", _("Success"), _("Does it say how success is measured?")),
    Item(
        "mission_version",
        _("Our mission"),
        _("Does it say which mission statement it follows?"),
    ),
)
CHECKLISTS: dict[DocumentKind, tuple[Item, ...]] = {
    DocumentKind.MISSION: _MISSION,
    DocumentKind.PROCESS: _PROCESS,
    DocumentKind.CHARTER: (),
}


def checklist(kind: str) -> tuple[Item, ...]:
    """The items of a kind of document; none for the charter."""
    return CHECKLISTS[DocumentKind(kind)]
