"""Personal data of session questions: used turns, for a few days, and anonymous answers."""

from django.utils.translation import gettext_lazy as _

from dialogues.policies import QUESTIONS
from dialogues.sessions.models import SessionAnswer, SessionTurn
from foundation.kept import since, within
from foundation.personal_data import UNNAMED, of, register
from foundation.retention import BY_ITSELF, CHOICE, KeptFor, RetentionClass, declare

# As long as the questions can be answered.
TURNS = declare(
    RetentionClass(
        "turns",
        _("Who has had a turn at the questions after a session"),
        KeptFor.of(QUESTIONS),
        (CHOICE,),
        held=False,
        waits=BY_ITSELF,
    )
)

register(
    SessionTurn,
    _("Who has had a turn at the two questions"),
    whose=of("member"),
    kept=since(TURNS, "meeting__on"),
    goes=True,
)
register(
    SessionAnswer,
    _("Answers to the two questions"),
    whose=UNNAMED,
    kept=within("meeting"),
    standing="side",
    fact="heard understood",
)
