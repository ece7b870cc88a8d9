"""Who may print which text, and when a draft that began from one is ready."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.prose import open_blanks
from foundation.refusals import Refusal
from groups.models import Office, Seat
from starters.texts import TextCode

# For those who lead: what they need before and in a session.
LEADING = (
    TextCode.AGENDA,
    TextCode.GUIDE,
    TextCode.POSTER,
    TextCode.GROUND_RULES,
    TextCode.CELL_RULES,
)
# In the agency's name, to people and to staff.
INVITING = (TextCode.LETTER, TextCode.STAFF_LETTER)
PRINTED = (
    TextCode.POSTER,
    *INVITING,
    TextCode.AGENDA,
    TextCode.GUIDE,
    TextCode.GROUND_RULES,
    TextCode.CELL_RULES,
)
ORGANIZERS = (Permission.FACILITATE, Permission.MANAGE_PEOPLE)
_LEADERS = (Office.FACILITATOR, Office.CO_FACILITATOR)


def printable(by: Member) -> tuple[TextCode, ...]:
    """The texts that this member may fill in and print, in the order of the page."""
    if any(by.may(permission) for permission in ORGANIZERS):
        return PRINTED
    return tuple(text for text in PRINTED if text in LEADING) if _leads(by) else ()


def _leads(by: Member) -> bool:
    """Whether the member facilitates a cell or a dialogue by office, on either side."""
    today = by.agency.today()
    seats = Seat.objects.within(by.agency).on(today)
    return seats.filter(member=by, office__in=_LEADERS).exists()


def printing(by: Member, text: TextCode | None = None) -> Refusal | None:
    """Opening the texts to print, or one of them."""
    allowed = printable(by)
    if text in allowed or (text is None and allowed):
        return None
    if allowed:
        return Refusal(
            _("Only facilitators and administrators send letters for the agency."),
            _("Ask one of them."),
        )
    return Refusal(
        _("These texts are for people who lead cells and dialogues, and for administrators."),
        _("Ask a facilitator if you need one of them."),
    )


def complete(*texts: str) -> Refusal | None:
    """Nothing is put to a decision while a blank in it is open."""
    found = open_blanks(*texts)
    if not found:
        return None
    return Refusal(
        _t("These blanks are still open: %(blanks)s.") % {"blanks": "; ".join(found)},
        _("Fill them in, or take them out of the text."),
    )
