"""Personal data of words set aside: their author, if signed, and who requested it."""

from django.utils.translation import gettext_lazy as _

from dialogues.silencing.models import Appeal, AppealVote, Silencing
from foundation.kept import since, within
from foundation.personal_data import InExport, of, register
from foundation.retention import VOICES

register(
    Silencing,
    _("Words set aside"),
    # Unsigned words lead to nobody.
    whose=of("contribution__author"),
    # The words it hides would show again without it.
    kept=since(VOICES, "on", ties="contribution voice"),
    fact="code ended_how",
    # The standing of those who decided, not of the author.
    standing="asked_side agreed_side",
    export={InExport.OTHERS: "asked_side agreed_side"},
)
register(
    Appeal,
    _("Appeals against setting words aside"),
    whose=of("silencing__contribution__author"),
    kept=within("silencing"),
    fact="outcome",
    words={"text": "silencing__contribution__author"},
    taken_back="text",
)
register(
    AppealVote, _("Votes on an appeal"), whose=of("member"), kept=within("appeal"), fact="back"
)
