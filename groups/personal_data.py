"""Personal data of groups: seats, attendance, positions, and what was written."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import always, since, within
from foundation.personal_data import AGENCYS, InExport, of, register
from foundation.retention import AGENCY, CONSENTS, GOVERNANCE, MEMBERSHIP, NEEDS, TIMES_AWAY
from groups import rules
from groups.models import (
    AccessNeed,
    AgendaItem,
    Alternate,
    Arrangement,
    Attendance,
    CalendarFeed,
    CalledOff,
    Closure,
    CqiPeriod,
    CutSeat,
    DateAnswer,
    DatePoll,
    Decision,
    DecisionReview,
    DeclaredInterest,
    EarlierWording,
    Group,
    LateEnd,
    LeadingConsent,
    Meeting,
    MeetingCall,
    MeetingReminder,
    MeetingSeries,
    Motion,
    NotComing,
    PaperRecord,
    PollDate,
    Position,
    Question,
    Resolution,
    Seat,
    SeatOffer,
    Supporter,
    ZoneChange,
)

register(
    Group,
    _("Groups"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "closed"),
    nothing="kind hidden",
    record="name purpose",
)
register(
    Seat,
    _("Seats"),
    whose=of("member"),
    kept=since(MEMBERSHIP, "until"),
    read_as="standing",
    standing="standing employed_peer",
    fact="voting office ending",
)
register(
    SeatOffer,
    _("Seats that were offered"),
    whose=of("member"),
    kept=since(MEMBERSHIP, "answered_on"),
    read_as="standing",
    standing="standing",
    fact="voting office state agreed_how",
    record="late_reason",
    hidden=rules.hidden_offers,
)
register(
    LeadingConsent,
    _("Who may know that somebody leads"),
    whose=of("member"),
    kept=since(CONSENTS, "until"),
    fact="audience",
)
register(
    LateEnd,
    _("Ends that were entered late"),
    whose=of("seat__member"),
    kept=since(GOVERNANCE, "entered_on"),
    record="reason",
)
register(
    Closure,
    _("Groups that closed"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "on", ties="group"),
    record="why taken_back_because",
)
register(
    CutSeat,
    _("Seats that ended with their group"),
    whose=of("seat__member"),
    kept=within("closure"),
    key="ends_by",
    fact="ending",
)
register(
    CalledOff, _("Meetings called off with their group"), whose=AGENCYS, kept=within("closure")
)
register(
    CqiPeriod,
    _("When a group takes part in CQI"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "until"),
    record="reason end_reason",
)
register(
    ZoneChange,
    _("Changes of the time zone"),
    whose=AGENCYS,
    # It determines the dates of all earlier meetings.
    kept=always(AGENCY),
    nothing="before after",
    record="reason",
)
register(
    Meeting,
    _("Meetings and minutes"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "on"),
    nothing="minutes_planned guests status",
    record="place remote_link agenda minutes late_reason",
)
register(
    MeetingSeries,
    _("Series of meetings"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "until"),
    nothing="rhythm clock",
)
register(
    CalendarFeed,
    _("Private addresses of calendars"),
    whose=of("member"),
    kept=within("member"),
    lets_in="token_digest",
    blanked="token_digest",
    fact="shows_place",
)
register(
    AccessNeed,
    _("What somebody needs at meetings"),
    whose=of("member"),
    # One without an end goes with the member.
    kept=since(NEEDS, "until"),
    read_as="needs",
    fact="kind",
    words={"words": "member"},
    taken_back="words",
)
register(
    Arrangement,
    _("What is arranged for somebody"),
    whose=of("need__member"),
    kept=within("need"),
    fact="done",
)
register(
    Alternate,
    _("Who steps in for whom"),
    whose=of("holder", "member"),
    kept=since(CONSENTS, "ended_on"),
    hidden=rules.hidden_alternates,
)
register(
    Supporter,
    _("Who helps whom, and with what"),
    whose=of("member"),
    kept=since(CONSENTS, "ended_on"),
    fact="sees_dates gets_reminders enters_away",
)
register(
    NotComing,
    _("Who said that they can’t be at a meeting"),
    whose=of("member"),
    kept=since(TIMES_AWAY, "on"),
    fact="taken_back",
)
register(
    MeetingCall,
    _("Who was called about a meeting"),
    whose=of("member"),
    kept=since(TIMES_AWAY, "on"),
    read_as="calls",
    fact="result",
)
register(
    DatePoll,
    _("Dates offered for a meeting"),
    whose=AGENCYS,
    kept=since(TIMES_AWAY, "closes_on"),
    nothing="minutes_planned",
)
register(PollDate, _("One of the dates offered"), whose=AGENCYS, kept=within("poll"))
register(
    DateAnswer,
    _("Which dates suit somebody"),
    whose=of("member"),
    kept=within("date"),
    fact="suits",
)
register(
    MeetingReminder, _("Reminders sent"), whose=AGENCYS, kept=within("meeting"), nothing="ahead"
)
register(
    AgendaItem,
    _("What people want to talk about"),
    whose=of("raised_by", "on_behalf_of"),
    kept=within("meeting"),
    words={"text": "on_behalf_of raised_by"},
    taken_back="text",
)
register(
    Attendance,
    _("Attendance"),
    whose=of("member"),
    # Claims based on it are kept longer, and so is this.
    kept=within("meeting"),
    standing="standing employed_peer",
    fact="hours",
    record="void_reason",
)
# A proposal belongs to the group: its author has acted for the group. What it says about a person
# whose seat it concerns is in its motion.
register(
    Decision,
    _("Proposals and decisions"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "decided_on"),
    nothing="fixed round kept_inside caucus status way lapsed without_quorum",
    key="subject_type subject_id",
    subject="subject_type subject_id",
    record="title text waiver outcome",
)
register(
    EarlierWording,
    _("Earlier wordings of proposals"),
    whose=AGENCYS,
    kept=within("decision"),
    nothing="round",
    record="title text changed",
)
register(
    Position,
    _("Positions on proposals"),
    whose=of("member"),
    kept=within("decision"),
    nothing="round",
    fact="from_minutes unread choice agreed_how",
    words={"reason": "member"},
    taken_back="reason",
    # An objection stays on record.
    stays_if={"reason": "choice=object"},
)
register(
    Question,
    _("Questions about proposals"),
    whose=of("asked_by", "answered_by"),
    kept=within("decision"),
    nothing="round",
    words={"text": "asked_by", "answer": "answered_by"},
    taken_back="text answer",
)
register(
    DeclaredInterest,
    _("Interests declared in a decision"),
    whose=of("member"),
    kept=within("decision"),
    words={"text": "member"},
    taken_back="text",
)
register(
    DecisionReview,
    _("Decisions looked at again"),
    whose=AGENCYS,
    kept=within("decision"),
    nothing="finding",
    record="note",
)
register(
    PaperRecord,
    _("Decisions taken on paper"),
    whose=AGENCYS,
    kept=within("decision"),
    nothing="adopted agree reservations stand_aside object needs_two was_open",
    record="objections late_reason",
)
register(
    Resolution,
    _("Resolutions on paper"),
    whose=AGENCYS,
    # The group rests on it.
    kept=since(GOVERNANCE, "on", ties="group"),
    nothing="state",
    record="text",
)
register(
    Motion,
    _("Proposals about a seat"),
    whose=of("member"),
    kept=since(GOVERNANCE, "since", ties="decision resolution"),
    fact="kind office voting",
    # Why somebody would lose a seat, in others' words; and that person's answer.
    record="reason charter_words",
    words={"answer": "member"},
    taken_back="answer",
    # They were told, so that they could answer.
    export={InExport.YES: "reason charter_words"},
)
