"""How often everything is read again. The same for every agency, as are the seals."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Unit, area, register

area("evidence", _("Seals of the record"))

# A day is sealed after the next one is over, so that whatever was still being written is in. The
# database holds this, too.
AFTER = register(Limit("evidence.after", _("Days from a day until it can be sealed"), Unit.DAYS, 2))
WHOLE = register(
    Limit("evidence.whole", _("Days until the whole record is read again"), Unit.DAYS, 7)
)
TOLD = register(
    Limit("evidence.told", _("Days that a record added late is reported"), Unit.DAYS, 30)
)
LATE = register(
    Limit("evidence.late", _("Days after which a proof of the record is too old"), Unit.DAYS, 2)
)
