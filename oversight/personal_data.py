"""Personal data of oversight: declared conflicts, and pauses the committee reviewed."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since, within
from foundation.personal_data import AGENCYS, of, register
from foundation.retention import GOVERNANCE
from oversight.models import (
    ApprovedMinutes,
    Committee,
    CommitteeStep,
    ConflictDisclosure,
    Finding,
    Judgement,
    ManagementResponse,
    MinutesAddendum,
    PauseRuling,
    Recommendation,
    Review,
)

register(Committee, _("The oversight committee"), whose=AGENCYS, kept=within("group"))
register(
    Review,
    _("Reviews"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "closed_on"),
    nothing="status sealed_digest",
    record="summary",
)
register(
    Finding,
    _("Findings"),
    whose=AGENCYS,
    kept=within("review"),
    nothing="indicator kind",
    record="text",
)
register(
    Recommendation,
    _("Recommendations"),
    whose=AGENCYS,
    kept=within("finding", unless="kept.closed_on IS NULL"),
    nothing="year serial status voted",
    record="title text evidence",
)
register(
    ManagementResponse,
    _("Management’s responses"),
    whose=AGENCYS,
    kept=within("recommendation"),
    nothing="answer",
    record="reason actions",
)
register(
    Judgement,
    _("What the committee found of a response"),
    whose=AGENCYS,
    kept=within("response"),
    nothing="satisfactory",
    record="reason",
)
register(
    CommitteeStep,
    _("What was prepared for the committee to decide"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "settled_on"),
    groups="decision__group",
    nothing="kind state satisfactory",
    record="title text open_text left_out proposal",
)
register(
    ApprovedMinutes,
    _("Approved minutes, as others read them"),
    whose=AGENCYS,
    kept=within("step"),
    record="open_text left_out",
)
register(
    MinutesAddendum,
    _("Addenda to minutes"),
    whose=AGENCYS,
    kept=within("minutes"),
    nothing="number",
    record="text",
)
register(
    ConflictDisclosure,
    _("Conflicts of interest"),
    whose=of("member"),
    kept=within("recommendation"),
    words={"text": "member"},
    taken_back="text",
)
register(
    PauseRuling,
    _("What the committee found of a pause"),
    whose=of("pause__member"),
    kept=within("pause"),
    read_as="pause",
    fact="upheld",
)
