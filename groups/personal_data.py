"""What groups keep of people: seats, who came, what they said to a proposal, what was written."""

from foundation.personal_data import AGENCYS, InExport, always, of, register, since, within
from foundation.retention import AGENCY, CONSENTS, GOVERNANCE, MEMBERSHIP
from groups.models import (
    AgendaItem,
    Attendance,
    CalledOff,
    Closure,
    CqiPeriod,
    CutSeat,
    Decision,
    DecisionReview,
    EarlierWording,
    Group,
    LateEnd,
    LeadingConsent,
    Meeting,
    Motion,
    PaperRecord,
    Position,
    Question,
    Resolution,
    Seat,
    SeatOffer,
    ZoneChange,
)

register(
    Group,
    whose=AGENCYS,
    kept=since(GOVERNANCE, "closed"),
    nothing="kind hidden",
    record="name purpose",
)
register(
    Seat,
    whose=of("member"),
    kept=since(MEMBERSHIP, "until"),
    standing="standing employed_peer",
    fact="voting office ending",
)
register(
    SeatOffer,
    whose=of("member"),
    kept=since(MEMBERSHIP, "answered_on"),
    standing="standing",
    fact="voting office state agreed_how",
    record="late_reason",
)
register(LeadingConsent, whose=of("member"), kept=since(CONSENTS, "until"), fact="audience")
register(LateEnd, whose=of("seat__member"), kept=since(GOVERNANCE, "entered_on"), record="reason")
register(
    Closure,
    whose=AGENCYS,
    kept=since(GOVERNANCE, "on"),
    record="why taken_back_because",
)
register(CutSeat, whose=of("seat__member"), kept=within("closure"), key="ends_by", fact="ending")
register(CalledOff, whose=AGENCYS, kept=within("closure"))
register(CqiPeriod, whose=AGENCYS, kept=since(GOVERNANCE, "until"), record="reason end_reason")
register(
    ZoneChange,
    whose=AGENCYS,
    # By it the days of all earlier meetings are read.
    kept=always(AGENCY),
    nothing="before after",
    record="reason",
)
register(
    Meeting,
    whose=AGENCYS,
    kept=since(GOVERNANCE, "on"),
    nothing="minutes_planned status",
    record="place agenda minutes late_reason",
)
register(
    AgendaItem,
    whose=of("raised_by", "on_behalf_of"),
    kept=within("meeting"),
    words={"text": "on_behalf_of raised_by"},
    redacted="text",
)
register(
    Attendance,
    whose=of("member"),
    # What it is paid by stays longer, and then so does this.
    kept=within("meeting"),
    standing="standing employed_peer",
    fact="hours",
    record="void_reason",
)
# A proposal is the group's once it is made: who made it has acted for the group. What it says of a
# person whose seat it is about stands in its motion.
register(
    Decision,
    whose=AGENCYS,
    kept=since(GOVERNANCE, "decided_on"),
    nothing="fixed round kept_inside caucus status way lapsed without_quorum",
    key="subject_type subject_id",
    record="title text waiver outcome",
)
register(
    EarlierWording,
    whose=AGENCYS,
    kept=within("decision"),
    nothing="round",
    record="title text changed",
)
register(
    Position,
    whose=of("member"),
    kept=within("decision"),
    nothing="round",
    fact="from_minutes unread choice agreed_how",
    words={"reason": "member"},
    # An objection stays on record.
    redacted="reason",
)
register(
    Question,
    whose=of("asked_by", "answered_by"),
    kept=within("decision"),
    nothing="round",
    words={"text": "asked_by", "answer": "answered_by"},
    redacted="text answer",
)
register(DecisionReview, whose=AGENCYS, kept=within("decision"), nothing="finding", record="note")
register(
    PaperRecord,
    whose=AGENCYS,
    kept=within("decision"),
    nothing="adopted agree reservations stand_aside object needs_two was_open",
    record="objections late_reason",
)
register(Resolution, whose=AGENCYS, kept=since(GOVERNANCE, "on"), nothing="state", record="text")
register(
    Motion,
    whose=of("member"),
    kept=since(GOVERNANCE, "since"),
    fact="kind office voting",
    # Why somebody would lose a seat, in the words of others; and what the person says to it.
    record="reason charter_words",
    words={"answer": "member"},
    redacted="answer",
    # They were told, so that they could answer.
    export={InExport.YES: "reason charter_words"},
)
