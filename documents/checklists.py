"""The checklist of each governing document, in code."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.models import DocumentKind


@dataclass(frozen=True)
class ChecklistItem:
    code: str
    title: str | Promise
    question: str | Promise


_MISSION = (
    ChecklistItem(
        "empowerment", _("Power to decide"), _("Does it say that people decide for themselves?")
    ),
    ChecklistItem("respect", _("Respect"), _("Does it speak of people with respect, as equals?")),
    ChecklistItem(
        "autonomy", _("A life of one’s own"), _("Does it want people to run their own lives?")
    ),
    ChecklistItem("hope", _("Hope"), _("Does it say that people can get better and live well?")),
    ChecklistItem(
        "responsibility",
        _("Responsibility"),
        _("Does it trust people to take responsibility for themselves?"),
    ),
    ChecklistItem(
        "productivity",
        _("Work and doing"),
        _("Does it want people to work, learn and do what matters to them?"),
    ),
    ChecklistItem(
        "needs_before_protocols",
        _("The person before the rules"),
        _("Does what one person needs come before fixed rules?"),
    ),
    ChecklistItem(
        "collaboration",
        _("Working together"),
        _("Does it say that people who use and who give services work together?"),
    ),
)
_PROCESS = (
    ChecklistItem("who_decides", _("Who decides"), _("Does it say who decides at each step?")),
    ChecklistItem(
        "consumers_in_each_step",
        _("Consumers in each step"),
        _("Does it say where consumers take part in each step?"),
    ),
    ChecklistItem(
        "feedback",
        _("Told back"),
        _("Does it say how those who raised something hear what came of it?"),
    ),
    ChecklistItem("appeal", _("Appeal"), _("Does it say what to do when you don’t agree?")),
    ChecklistItem("success", _("Success"), _("Does it say how success is measured?")),
    ChecklistItem(
        "mission_version",
        _("Our mission"),
        _("Does it say which mission statement it follows?"),
    ),
)
CHECKLISTS: dict[DocumentKind, tuple[ChecklistItem, ...]] = {
    DocumentKind.MISSION: _MISSION,
    DocumentKind.PROCESS: _PROCESS,
    DocumentKind.CHARTER: (),
}


def checklist(kind: str) -> tuple[ChecklistItem, ...]:
    """The checklist items for a kind of document; none for the charter."""
    return CHECKLISTS[DocumentKind(kind)]
