"""Personal data of results: none, only ids, codes, numbers, and that day's words."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import always, since
from foundation.personal_data import AGENCYS, register
from foundation.retention import MACHINE, SNAPSHOTS
from indicators.models import FrozenSnapshot, IndicatorSnapshot, Recomputation, StaleMark

register(
    StaleMark,
    _("Marks that something changed"),
    whose=AGENCYS,
    kept=always(MACHINE),
    nothing="indicator",
)
register(
    Recomputation,
    _("When indicators were worked out"),
    whose=AGENCYS,
    kept=always(MACHINE),
    nothing="engine",
)
register(
    IndicatorSnapshot,
    _("Results of indicators"),
    whose=AGENCYS,
    kept=since(SNAPSHOTS, "day", last_of="indicator"),
    # Criteria hold ids, codes, numbers and titles of groups as evidence.
    nothing="indicator status value goal criteria settings engine",
)
register(
    FrozenSnapshot,
    _("Frozen snapshots"),
    whose=AGENCYS,
    kept=since(SNAPSHOTS, "as_of"),
    # It may name groups. Its checksum seals it as it was, so it is never overwritten.
    record="text",
    fixed="text",
    nothing="checksum",
)
