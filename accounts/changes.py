"""Changes to a member's data, permissions and sign-in, as shown to that member."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import request_annotations
from accounts.models import Member
from accounts.policies import DENIABLE
from foundation.http import AgencyRequest
from foundation.models import Agency, Event, TenantQuerySet

WAY = "way.changed"
# Set in the session once the changes were shown after signing in.
SHOWN = "changes_shown"
LETTER, FIRST_LETTER, LETTER_USED = "letter", "first_letter", "letter_used"
FIRST_EMAIL, TAKEN_BACK = "first_email", "taken_back"
CODES, PASSWORD, EMAIL, SECOND_FACTOR = "codes", "password", "email", "second_factor"


_ways: dict[str, str | Promise] = {
    LETTER: _("A sign-in letter was printed for you."),
    FIRST_LETTER: _("Your first sign-in letter was printed."),
    FIRST_EMAIL: _("You were invited by e-mail."),
    TAKEN_BACK: _("An invitation to sign in was taken back."),
    LETTER_USED: _("A sign-in letter was used. Earlier passwords and codes stopped working."),
    CODES: _("A new sheet of sign-in codes was made."),
    PASSWORD: _("The password was changed."),
    EMAIL: _("An e-mail address was added, changed or removed."),
    SECOND_FACTOR: _("A second step to sign in was added or removed."),
}
# Ways to a first sign-in: whoever makes one could be the first to use it.
INVITATIONS = (LETTER, FIRST_LETTER, FIRST_EMAIL)
# Not shown ahead of the home page: these open nothing that was closed.
_QUIET = (FIRST_LETTER, FIRST_EMAIL, TAKEN_BACK)
_others: dict[str, str | Promise] = {
    "member.entered": _("You were added to the program."),
    "member.changed": _("What is written about you was changed."),
    "member.left": _("Your time in the program was ended."),
    "member.leave_taken_back": _("It was undone that you leave the program: you still take part."),
    "member.returned": _("You take part in the program again."),
    "role.granted": _("You were given a role."),
    "role.ended": _("A role of yours was ended."),
    "standing.written": _("How you take part was written down."),
    "standing.ended": _("What was written about how you take part was ended."),
    "access.paused": _("Your access to the portal was paused."),
    "access.prolonged": _("The pause of your access was made longer."),
    "access.resumed": _("The pause of your access was ended early."),
}
DECIDED_BY_OTHERS = ("access.paused", "access.prolonged", "access.resumed")
# Facts that nobody can deny as "not me".
FACTS = (
    *DECIDED_BY_OTHERS,
    "member.entered",
    "member.left",
    "member.leave_taken_back",
    "member.returned",
)


def describe(name: str, words: str | Promise) -> None:
    """Show this event to the member named by `member` in its data ("You were given a seat.")."""
    _others[name] = words


@dataclass(frozen=True)
class MemberChange:
    event: Event
    day: datetime
    words: str
    who: str
    can_deny: bool


def of(member: Member) -> TenantQuerySet[Event]:
    """This member's changes, newest first."""
    mine = Event.objects.within(member.agency).select_related("actor")
    named = Q(name__in=[WAY, *_others], data__member=member.pk)
    return mine.filter(named).order_by("-at", "-pk")


def words(what: str) -> str:
    """A way to sign in, or an event about a member, in words for that member."""
    known = _ways.get(what) or _others.get(what)
    return what if known is None else str(known)


def entered_for(member: Member) -> TenantQuerySet[Event]:
    """What others entered on this member's behalf, newest first."""
    rows = Event.objects.within(member.agency).filter(on_behalf_of=member)
    return rows.exclude(actor=None).exclude(actor=member).order_by("-at", "-pk")


def shown(event: Event, member: Member, moment: datetime) -> MemberChange:
    text = _ways[event.data["what"]] if event.name == WAY else _others[event.name]
    return MemberChange(
        event=event,
        day=event.at,
        words=str(text),
        who="" if event.actor is None or event.actor_id == member.pk else str(event.actor),
        can_deny=event.name not in FACTS and moment - event.at < DENIABLE.span,
    )


def come_first(request: AgencyRequest) -> bool:
    """Whether to show recent changes before anything else after signing in."""
    return bool(request.member.way_changed) and SHOWN not in request.session  # type: ignore[attr-defined]


def _to_show(agency: Agency, moment: Value) -> Combinable:
    """Whether others have lately changed how the request's member signs in."""
    ways = Event.objects.within(agency).filter(
        name=WAY, subject_type="member", subject_id=OuterRef("pk")
    )
    lately = ways.filter(at__gte=moment - DENIABLE.span).exclude(data__what__in=_QUIET)
    return Exists(lately.filter(~Q(actor=F("subject_id")) | Q(data__what=LETTER_USED)))


request_annotations.register("way_changed", _to_show)
