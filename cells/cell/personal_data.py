"""Personal data of cells: none; their groups say who sits in them."""

from django.utils.translation import gettext_lazy as _

from cells.cell.models import Cell
from foundation.kept import since
from foundation.personal_data import AGENCYS, register
from foundation.retention import QUALITY

register(
    Cell, _("Cells"), whose=AGENCYS, kept=since(QUALITY, "group__closed"), record="focus mission"
)
