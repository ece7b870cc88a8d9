"""What oversight keeps of people: their own interests, and pauses that the committee reviewed."""

from foundation.personal_data import AGENCYS, of, register, since, within
from foundation.retention import GOVERNANCE
from oversight.models import (
    Committee,
    ConflictDisclosure,
    Finding,
    Judgement,
    ManagementResponse,
    PauseRuling,
    Recommendation,
    Review,
)

register(Committee, whose=AGENCYS, kept=within("group"))
register(
    Review,
    whose=AGENCYS,
    kept=since(GOVERNANCE, "closed_on"),
    nothing="status",
    record="summary",
)
register(Finding, whose=AGENCYS, kept=within("review"), nothing="indicator kind", record="text")
register(
    Recommendation,
    whose=AGENCYS,
    kept=within("finding"),
    nothing="year serial status",
    record="title text evidence",
)
register(
    ManagementResponse,
    whose=AGENCYS,
    kept=within("recommendation"),
    nothing="answer",
    record="reason actions",
)
register(Judgement, whose=AGENCYS, kept=within("response"), nothing="satisfactory", record="reason")
register(
    ConflictDisclosure,
    whose=of("member"),
    kept=within("recommendation"),
    words={"text": "member"},
    redacted="text",
)
register(
    PauseRuling, whose=of("pause__member"), kept=within("pause"), read_as="pause", fact="upheld"
)
