"""What was decided about a theme, and what people are told back."""

from dialogues.told_back.models import Disposition, Reply
from foundation.personal_data import AGENCYS, register, within

register(
    Disposition,
    whose=AGENCYS,
    kept=within("theme"),
    nothing="kind",
    record="reason went_to",
)
register(Reply, whose=AGENCYS, kept=within("theme"), record="text")
