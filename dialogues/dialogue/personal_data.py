"""Personal data of dialogues: who has read the ground rules."""

from django.utils.translation import gettext_lazy as _

from dialogues.dialogue.models import (
    Acknowledgement,
    Dialogue,
    GroundRules,
    StageChange,
    VoiceDoor,
)
from foundation.kept import since, within
from foundation.personal_data import AGENCYS, of, register
from foundation.retention import VOICES

register(
    Dialogue,
    _("Dialogues"),
    whose=AGENCYS,
    kept=since(VOICES, "group__closed"),
    nothing="kind stage",
    record="concern",
)
register(
    StageChange, _("Stages of a dialogue"), whose=AGENCYS, kept=within("dialogue"), nothing="stage"
)
register(
    GroundRules,
    _("Ground rules"),
    whose=AGENCYS,
    kept=within("dialogue"),
    nothing="number",
    record="text",
)
register(
    Acknowledgement, _("Who has read the ground rules"), whose=of("member"), kept=within("rules")
)
# Its address is printed for anybody.
register(
    VoiceDoor,
    _("Addresses for words without a name"),
    whose=AGENCYS,
    kept=since(VOICES, "closed_on"),
    nothing="code",
)
