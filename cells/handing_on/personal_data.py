"""How the work of a cell that closed was settled, and what each row was before."""

from cells.handing_on.models import Settlement, Touched
from foundation.personal_data import AGENCYS, register, within

register(
    Settlement,
    whose=AGENCYS,
    kept=within("closure"),
    nothing="kind fate outcome restored",
    key="row",
    record="why",
)
register(
    Touched,
    whose=AGENCYS,
    kept=within("settlement"),
    nothing="model",
    key="row",
    # Earlier values of any column that was changed: reasons are among them.
    record="before",
)
