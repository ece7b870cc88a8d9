"""Personal data of what people say, with an account or anonymously."""

from django.utils.translation import gettext_lazy as _

from dialogues.voices.models import Contribution, Voice
from foundation.kept import since
from foundation.personal_data import UNNAMED, of, register
from foundation.retention import VOICES

register(
    Contribution,
    _("What people said with their account, or on paper"),
    whose=of("author"),
    kept=since(VOICES, "on"),
    nothing="prompt",
    fact="named",
    replaced={"named": "False"},
    words={"text": "author"},
    taken_back="text",
)
register(
    Voice,
    _("What people said without a name"),
    whose=UNNAMED,
    kept=since(VOICES, "on"),
    nothing="prompt",
    words={"text": ""},
    # The digest of the code with which its author reads the reply.
    lets_in="receipt",
)
