"""What a dialogue keeps of people: who has read its ground rules."""

from dialogues.dialogue.models import (
    Acknowledgement,
    Dialogue,
    GroundRules,
    StageChange,
    VoiceDoor,
)
from foundation.personal_data import AGENCYS, of, register, since, within
from foundation.retention import VOICES

register(
    Dialogue,
    whose=AGENCYS,
    kept=since(VOICES, "group__closed"),
    nothing="kind stage",
    record="concern",
)
register(StageChange, whose=AGENCYS, kept=within("dialogue"), nothing="stage")
register(GroundRules, whose=AGENCYS, kept=within("dialogue"), nothing="number", record="text")
register(Acknowledgement, whose=of("member"), kept=within("rules"))
# Its address is printed for anybody.
register(VoiceDoor, whose=AGENCYS, kept=since(VOICES, "closed_on"), nothing="code")
