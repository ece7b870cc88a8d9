"""What is typed on the pages of dialogues."""

from dialogues.forms.dialogues import (
    CoFacilitatorForm,
    GroundRulesForm,
    GrowForm,
    OpenForm,
    QuestionsForm,
    ReadRulesForm,
)
from dialogues.forms.themes import ConvertForm, DispositionForm, HarvestForm, ReplyForm, WordsForm
from dialogues.forms.voices import (
    EnterForSomeoneForm,
    ReceiptForm,
    SayForm,
    SendVoiceForm,
    VoiceForm,
)

__all__ = [
    "CoFacilitatorForm",
    "ConvertForm",
    "DispositionForm",
    "EnterForSomeoneForm",
    "GroundRulesForm",
    "GrowForm",
    "HarvestForm",
    "OpenForm",
    "QuestionsForm",
    "ReadRulesForm",
    "ReceiptForm",
    "ReplyForm",
    "SayForm",
    "SendVoiceForm",
    "VoiceForm",
    "WordsForm",
]
