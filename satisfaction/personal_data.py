"""The survey: who was asked, which codes are used up, and answers that lead to nobody."""

from django.utils.translation import gettext_lazy as _

from foundation.personal_data import AGENCYS, UNNAMED, of, register, since, within
from foundation.retention import SURVEYS
from satisfaction.models import Answer, Comment, SurveyInvitation, SurveyRound, SurveySheet

register(
    SurveyRound,
    _("Survey rounds"),
    whose=AGENCYS,
    kept=since(SURVEYS, "closed_on"),
    nothing=(
        "number instrument invited consumers_invited reached answered on_paper"
        " consumers_answered consumers_on_paper"
    ),
)
register(
    SurveyInvitation,
    _("Who may answer the survey"),
    whose=of("member"),
    kept=within("round"),
    # Whether everybody was invited is asked of days of the past as well: the row stays.
    # That a code is used up tells that this member has answered, never what.
    fact="spent",
    lets_in="digest",
    replaced={"digest": "former-{pk}"},
)
register(
    SurveySheet,
    _("Printed survey sheets"),
    whose=UNNAMED,
    kept=within("round"),
    fact="spent",
    lets_in="digest",
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
