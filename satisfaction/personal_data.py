"""The survey: who was asked, which codes are used up, and answers that lead to nobody."""

from foundation.personal_data import AGENCYS, UNNAMED, of, register, since, within
from foundation.retention import SURVEYS
from satisfaction.models import Answer, Comment, SurveyInvitation, SurveyRound, SurveySheet

register(
    SurveyRound,
    whose=AGENCYS,
    kept=since(SURVEYS, "closed_on"),
    nothing=(
        "number instrument invited consumers_invited reached answered on_paper"
        " consumers_answered consumers_on_paper"
    ),
)
register(
    SurveyInvitation,
    whose=of("member"),
    kept=within("round"),
    goes=True,
    # That a code is used up tells that this member has answered, never what.
    fact="spent",
    lets_in="digest",
)
register(SurveySheet, whose=UNNAMED, kept=within("round"), fact="spent", lets_in="digest")
register(
    Answer,
    whose=UNNAMED,
    kept=within("round"),
    standing="side",
    fact="scores on_paper",
)
register(
    Comment,
    whose=UNNAMED,
    kept=within("round"),
    words={"text": ""},
    fact="on_paper",
)
