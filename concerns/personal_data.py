"""Personal data of the channel: who reads. Of those who write there is nothing to name."""

from django.utils.translation import gettext_lazy as _

from concerns.models import (
    Concern,
    ConcernMessage,
    ConcernPresence,
    ConcernSeal,
    KeyHolder,
    TakenOn,
)
from foundation.kept import since, within
from foundation.personal_data import UNNAMED, of, register
from foundation.retention import ACCESS, CONCERNS

register(
    KeyHolder,
    _("Who reads concerns"),
    whose=of("member"),
    kept=since(ACCESS, "ended_on"),
    # The mark stands for the reader inside concerns, which nothing but a code opens. Without the
    # code, nothing can be told from the keys; they go when the reader is erased (reactions).
    nothing="kind mark public_key locked_key",
)
register(
    Concern,
    _("Concerns in confidence"),
    whose=UNNAMED,
    kept=since(CONCERNS, "closed_on"),
    fact="may_go_on complaint",
    lets_in="receipt receipt_key",
)
register(
    ConcernSeal,
    _("Keys of concerns, each for one reader"),
    whose=of("holder__member"),
    kept=within("concern"),
    # Only the holder's code opens it.
    nothing="envelope",
)
register(
    ConcernMessage,
    _("What was said in a concern, sealed"),
    whose=UNNAMED,
    kept=within("concern"),
    nothing="number kind",
    fact="envelope",
)
register(
    TakenOn,
    _("Concerns that were taken further"),
    whose=of("by", "chair"),
    kept=within("concern"),
    nothing="to",
)
register(
    ConcernPresence,
    _("Which readers have a concern open now"),
    whose=of("holder__member"),
    kept=within("concern"),
)
