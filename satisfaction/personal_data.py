"""Personal data of the survey: who was asked, used codes, and anonymous answers."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since, within
from foundation.personal_data import AGENCYS, UNNAMED, of, register
from foundation.retention import SURVEYS
from satisfaction.models import (
    Answer,
    Comment,
    Reflection,
    ReflectionVoice,
    SealedAnswer,
    SurveyCode,
    SurveyInvitation,
    SurveyRound,
)

register(
    SurveyRound,
    _("Survey rounds"),
    whose=AGENCYS,
    kept=since(SURVEYS, "closed_on"),
    nothing=(
        "number instrument invited consumers_invited reached answered on_paper"
        " consumers_answered consumers_on_paper public_key lost"
    ),
)
register(
    SurveyInvitation,
    _("Who was asked in a survey"),
    whose=of("member"),
    kept=within("round"),
    # The row stays, since past days also need to know whether everybody was invited.
    fact="cleared",
)
register(
    SurveyCode,
    _("Codes that answer a survey"),
    whose=UNNAMED,
    kept=within("round"),
    fact="printed spent",
    lets_in="digest",
)
register(
    SealedAnswer,
    _("Survey answers that nobody can open yet"),
    whose=UNNAMED,
    kept=within("round"),
    fact="envelope",
)
register(
    Answer,
    _("Survey answers"),
    whose=UNNAMED,
    kept=within("round"),
    standing="side",
    fact="scores on_paper",
)
register(
    Comment,
    _("Survey comments"),
    whose=UNNAMED,
    kept=within("round"),
    words={"text": ""},
    fact="on_paper",
)
register(
    Reflection,
    _("Reflections of consumers"),
    whose=AGENCYS,
    kept=since(SURVEYS, "released_on"),
    record="text peer",
)
register(
    ReflectionVoice,
    _("Who agrees with a reflection that is not released"),
    whose=of("member"),
    kept=within("reflection"),
    fact="agrees",
)
