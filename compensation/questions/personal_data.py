"""Personal data of questions about pay: they are kept as long as the books."""

from django.utils.translation import gettext_lazy as _

from compensation.questions.models import PayAnswer, PayAnswerTold, PayQuestion
from foundation.kept import since, within
from foundation.personal_data import InExport, of, register
from foundation.retention import PAY

register(
    PayQuestion,
    _("Questions about pay"),
    whose=of("member"),
    kept=since(PAY, "asked_on"),
    read_as="payments",
    fact="said_how",
    words={"words": "member"},
    blanked="words",
)
register(
    PayAnswer,
    _("Answers about pay"),
    whose=of("question__member"),
    kept=within("question"),
    read_as="payments",
    record="words",
    # It was addressed to them.
    export={InExport.YES: "words"},
)
register(
    PayAnswerTold,
    _("Answers about pay that were told"),
    whose=of("question__member"),
    kept=within("question"),
    read_as="payments",
)
