"""Personal data of the survey: who was asked, used codes, and anonymous answers."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since, within
from foundation.personal_data import AGENCYS, UNNAMED, of, register
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
    # The row stays, since past days also need to know whether everybody was invited. A used code
    # shows that the member has answered, never what; once the round is closed, not even that.
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
