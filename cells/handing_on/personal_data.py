"""Personal data of closed cells: how work was settled, and each row's former values."""

from django.utils.translation import gettext_lazy as _

from cells.handing_on.models import Settlement, Touched
from foundation.kept import within
from foundation.personal_data import AGENCYS, register

register(
    Settlement,
    _("How the work of a closed cell was settled"),
    whose=AGENCYS,
    kept=within("closure"),
    nothing="kind fate outcome restored",
    key="row",
    record="why",
)
register(
    Touched,
    _("What the work of a closed cell was before"),
    whose=AGENCYS,
    kept=within("settlement"),
    nothing="model",
    key="row",
    # Former values of any changed column, which may include reasons.
    record="before",
    copies="before",
)
