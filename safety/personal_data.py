"""Personal data of safety: who asks to be contacted, and who must not meet."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import always, since, within
from foundation.personal_data import AGENCYS, InExport, of, register
from foundation.retention import AGENCY, CALLS, SAFETY
from safety.models import Call, Chosen, NoContact, OutsideContact

register(
    OutsideContact,
    _("Outside contacts"),
    # People of other organizations, as published by these.
    whose=AGENCYS,
    kept=always(AGENCY),
    nothing="kind",
    identity="name",
    contact="phone address",
    record="rule",
)
register(
    Call,
    _("“Please contact me”"),
    whose=of("member"),
    kept=since(CALLS, "asked_on", unless="kept.done_on IS NULL AND kept.taken_back_on IS NULL"),
    read_as="call",
    contact="how",
    blanked="how",
)
register(
    Chosen,
    _("By whom somebody wants to be contacted"),
    whose=of("call__member"),
    kept=within("call"),
    goes=True,
    # The people this person chose.
    export={InExport.YES: "member"},
)
register(
    NoContact,
    _("People who must not meet"),
    whose=of("one", "other"),
    kept=since(SAFETY, "until"),
    read_as="profile",
    fact="reason one_knows other_knows ended_why",
    # A person who was not told must not learn of it from an export, nor where the other one is.
    export={
        InExport.SAFETY: (
            "one other reason since until one_knows other_knows review_by reviewed_on reviewed_by"
            " by at ended_at ended_by ended_why"
        )
    },
)
