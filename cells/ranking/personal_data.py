"""Personal data of votes: ballots lead to nobody; who voted is recorded at the close."""

from django.utils.translation import gettext_lazy as _

from cells.ranking.models import Ballot, BallotReceipt, PriorityRound, RoundEntry, SilentIdea
from foundation.kept import within
from foundation.personal_data import AGENCYS, UNNAMED, of, register
from recovery.contents import forget

register(
    PriorityRound,
    _("Rankings"),
    whose=AGENCYS,
    kept=within("cell"),
    nothing=("method votes_each status ballots_cast ballots_consumers ballots_staff by_side"),
    record="question",
    # The secrets behind its ballots' codes, while it is open.
    lets_in="salt seal",
)
register(
    RoundEntry,
    _("Results of a ranking"),
    whose=AGENCYS,
    kept=within("round"),
    nothing=("votes place votes_consumers votes_staff effort effort_consumers effort_staff"),
)
register(
    Ballot,
    _("Ballots"),
    whose=UNNAMED,
    kept=within("round"),
    fact="choices points efforts",
    # Filled while the round is open; empty from its close on.
    standing="side",
    lets_in="code",
)
register(BallotReceipt, _("Who has voted"), whose=of("member"), kept=within("round"))
register(
    SilentIdea,
    _("Ideas written in silence"),
    whose=of("member"),
    # They become ideas when the round goes on, and are deleted here.
    kept=within("round"),
    goes=True,
    nothing="kind",
    words={"title": "member", "description": "member"},
)

# With the server's key these would tell, for as long as a backup is kept, who cast which ballot.
# A vote that was open then has to be called off after a restore, and opened again.
forget(PriorityRound, "salt", "seal")
forget(Ballot, "code")
