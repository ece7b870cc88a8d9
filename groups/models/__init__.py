"""What cells, dialogues, committees, councils and the governing body share."""

from groups.models.alternates import Alternate, AlternateQuerySet, stood_for
from groups.models.calls import CallResult, MeetingCall
from groups.models.closures import CalledOff, Closure, ClosureQuerySet, CutSeat
from groups.models.decisions import (
    Choice,
    Decision,
    DecisionQuerySet,
    DecisionReview,
    DecisionStatus,
    DeclaredInterest,
    EarlierWording,
    Position,
    PositionQuerySet,
    Question,
    ReviewAnswer,
    Way,
)
from groups.models.feeds import CalendarFeed
from groups.models.groups import (
    Ending,
    Group,
    GroupKind,
    GroupQuerySet,
    Office,
    Seat,
    SeatQuerySet,
    hand_on,
    place,
)
from groups.models.late import LateEnd
from groups.models.leading import LeadingConsent
from groups.models.meetings import (
    MOST_GUESTS,
    AgendaItem,
    AgendaItemQuerySet,
    Attendance,
    Meeting,
    MeetingStatus,
)
from groups.models.motions import (
    ABOUT_A_SEAT,
    Motion,
    MotionKind,
    Resolution,
    ResolutionState,
)
from groups.models.needs import AccessNeed, Arrangement, Need
from groups.models.not_coming import NotComing
from groups.models.paper import PaperRecord
from groups.models.polls import DateAnswer, DatePoll, DatePollQuerySet, PollDate, Suits
from groups.models.reminders import MeetingReminder, RemindedAhead
from groups.models.seating import How, OfferState, SeatOffer, SeatOfferQuerySet, SeatWish
from groups.models.series import MeetingSeries, Rhythm
from groups.models.supporters import Supporter, SupporterQuerySet
from groups.models.terms import CqiPeriod
from groups.models.zones import ZoneChange

__all__ = [
    "ABOUT_A_SEAT",
    "MOST_GUESTS",
    "AccessNeed",
    "AgendaItem",
    "AgendaItemQuerySet",
    "Alternate",
    "AlternateQuerySet",
    "Arrangement",
    "Attendance",
    "CalendarFeed",
    "CallResult",
    "CalledOff",
    "Choice",
    "Closure",
    "ClosureQuerySet",
    "CqiPeriod",
    "CutSeat",
    "DateAnswer",
    "DatePoll",
    "DatePollQuerySet",
    "Decision",
    "DecisionQuerySet",
    "DecisionReview",
    "DecisionStatus",
    "DeclaredInterest",
    "EarlierWording",
    "Ending",
    "Group",
    "GroupKind",
    "GroupQuerySet",
    "How",
    "LateEnd",
    "LeadingConsent",
    "Meeting",
    "MeetingCall",
    "MeetingReminder",
    "MeetingSeries",
    "MeetingStatus",
    "Motion",
    "MotionKind",
    "Need",
    "NotComing",
    "OfferState",
    "Office",
    "PaperRecord",
    "PollDate",
    "Position",
    "PositionQuerySet",
    "Question",
    "RemindedAhead",
    "Resolution",
    "ResolutionState",
    "ReviewAnswer",
    "Rhythm",
    "Seat",
    "SeatOffer",
    "SeatOfferQuerySet",
    "SeatQuerySet",
    "SeatWish",
    "Suits",
    "Supporter",
    "SupporterQuerySet",
    "Way",
    "ZoneChange",
    "hand_on",
    "place",
    "stood_for",
]
