"""Personal data of agreements: none but who recorded them."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since
from foundation.personal_data import AGENCYS, register
from foundation.retention import AGREEMENTS
from privacy.agreements.models import DataAgreement

register(
    DataAgreement,
    _("Agreements with those who run the portal"),
    whose=AGENCYS,
    kept=since(AGREEMENTS, "ends"),
    nothing="kind",
    # With whom it was made may be a person's name; the law wants the record as it was.
    record="partner end_reason",
    fixed="partner end_reason",
)
