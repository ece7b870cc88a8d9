"""By when the milestones of a founding are meant to be reached."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Unit, area, register

area("founding", _("Founding an agency"))

PEOPLE_BY = register(
    Limit("founding.people", _("Day by which the first people are invited"), Unit.COUNT, 7)
)
DIALOGUE_BY = register(
    Limit("founding.dialogue", _("Day by which the first dialogue is held"), Unit.COUNT, 14)
)
PAID_BY = register(
    Limit("founding.paid", _("Day by which the first people are paid"), Unit.COUNT, 21)
)
CELL_BY = register(Limit("founding.cell", _("Day by which the first cell opens"), Unit.COUNT, 30))
COMMITTEE_BY = register(
    Limit("founding.committee", _("Day by which consumers chose the committee"), Unit.COUNT, 45)
)
