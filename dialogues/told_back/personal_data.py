"""Personal data of dispositions and replies."""

from django.utils.translation import gettext_lazy as _

from dialogues.told_back.models import Disposition, Reply
from foundation.kept import within
from foundation.personal_data import AGENCYS, register

register(
    Disposition,
    _("What happens with a theme"),
    whose=AGENCYS,
    kept=within("theme"),
    nothing="kind",
    record="reason went_to",
)
register(Reply, _("Replies to those who spoke"), whose=AGENCYS, kept=within("theme"), record="text")
