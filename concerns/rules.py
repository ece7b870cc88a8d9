"""Who may ask somebody to read, who may write, and what two readers may do together."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from concerns import eligible
from concerns.models import (
    Concern,
    ConcernPresence,
    ConcernSeal,
    HolderKind,
    KeyHolder,
    TakenOn,
    TakenTo,
)
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refusal
from safety import contacts
from safety.models import ContactKind, OutsideContact


@dataclass(frozen=True)
class OpenKey:
    """A reader's private key, opened with the reading code until a moment."""

    holder: KeyHolder
    private: bytes
    until: datetime


def asking_readers(by: Member) -> Refusal | None:
    """Naming readers, and reading how many concerns there were: the committee's consumers."""
    today = by.agency.today()
    if eligible.eligible(by.agency, today).filter(pk=by.pk).exists():
        return None
    return Refusal(
        _("Only people who use services and sit in the oversight committee can do this."),
        _("Nobody who manages or treats people can name who reads concerns."),
    )


def asking(member: Member, by: Member) -> Refusal | None:
    """Asking this member to read: a consumer of the committee, never oneself, and once."""
    if (refusal := asking_readers(by)) is not None:
        return refusal
    if member.pk == by.pk:
        return Refusal(_("You can’t name yourself."), _("Another member of the committee can."))
    if not eligible.eligible(by.agency, by.agency.today()).filter(pk=member.pk).exists():
        return Refusal(
            _("This person can’t read concerns."),
            _("Readers use services, sit in the oversight committee, and manage nobody."),
        )
    if eligible.holding(member) is not None:
        return Refusal(_("This person is asked already, or reads."))
    return None


def accepting(holder: KeyHolder, by: Member) -> Refusal | None:
    """Saying yes and getting a reading code: only oneself, while one may read."""
    if holder.member_id != by.pk or holder.ended_on is not None:
        return Refusal(_("Somebody else is asked to do this."))
    if not eligible.eligible(by.agency, by.agency.today()).filter(pk=by.pk).exists():
        return _not_now()
    if holder.public_key:
        return Refusal(
            _("You have a reading code already."), _("If you lost it, you can get a new one.")
        )
    return None


def renewing(holder: KeyHolder, by: Member) -> Refusal | None:
    """Getting a new code for a lost one: only oneself."""
    if holder.member_id != by.pk or not holder.public_key:
        return Refusal(_("You have no reading code yet."))
    return None if eligible.reads(holder, by.agency.today()) else _not_now()


def ending(holder: KeyHolder, by: Member) -> Refusal | None:
    """Stopping: oneself at any time, or the committee's consumers."""
    if holder.ended_on is not None:
        return Refusal(_("This is over already."))
    return None if holder.member_id == by.pk else asking_readers(by)


def making_sheet(by: Member) -> Refusal | None:
    """Making the sheet that is kept outside: a reader, if there is somebody outside to keep it."""
    holder = eligible.holding(by)
    if holder is None or not eligible.reads(holder, by.agency.today()):
        return Refusal(_("Only people who read concerns can make this sheet."))
    if not eligible.ombuds(by.agency):
        return Refusal(
            _("The agency has not entered an ombuds who could keep the sheet."),
            _("An administrator enters outside contacts."),
        )
    return None


def writing(agency: Agency, to: int) -> Refusal | None:
    """Writing a concern to so many readers: two at least, and somebody outside to turn to."""
    if not contacts.in_force(agency).contacts:
        return Refusal(
            _("Nobody can write here yet: the agency has not entered any contacts outside."),
        )
    if not eligible.enough(to):
        return Refusal(
            _("There are not enough readers for this concern."),
            _("You can call the people outside."),
        )
    return None


def entering_code(holder: KeyHolder, by: Member) -> Refusal | None:
    """Typing the reading code: a reader of today, their own."""
    if holder.member_id != by.pk or not eligible.reads(holder, by.agency.today()):
        return _not_now()
    return None


def opening(holder: KeyHolder | None, key: OpenKey | None, by: Member) -> Refusal | None:
    """Doing anything with concerns: a reader of today, whose code is entered."""
    if holder is None or holder.member_id != by.pk or not eligible.reads(holder, by.agency.today()):
        return _not_now()
    if key is None or key.holder.pk != holder.pk:
        return Refusal(
            _("Enter your reading code first."),
            _("It stays entered for a few minutes."),
            at(by.agency, "concerns:enter_code"),
            _("Enter your reading code"),
        )
    return None


def reading(seal: ConcernSeal, key: OpenKey | None, by: Member, now: datetime) -> Refusal | None:
    """Reading a concern and acting on it: with one's own key, and never alone.

    Expects `seal.holder`. That nobody reads alone is kept by this rule, not by cryptography.
    """
    if (refusal := opening(seal.holder, key, by)) is not None:
        return refusal
    if seal.envelope is None:
        return Refusal(
            _("Your reading code does not open this concern."),
            _("Ask another reader to pass it on to you."),
        )
    present = ConcernPresence.objects.within(by.agency).at(now).filter(concern=seal.concern_id)
    there = set(present.values_list("holder_id", flat=True))
    able = eligible.readers(by.agency, by.agency.today()).filter(pk__in=there)
    if seal.holder_id not in there or not eligible.enough(able.count()):
        return Refusal(
            _("Nobody reads a concern alone."),
            _("Ask another reader to open it now, too. Then load this page again."),
        )
    return None


def reading_now(seal: ConcernSeal, key: OpenKey | None, by: Member) -> Refusal | None:
    return reading(seal, key, by, timezone.now())


def answering(concern: Concern) -> Refusal | None:
    """Writing a reply or a note, or the writer adding words: until it is closed."""
    if concern.closed_on is not None:
        return Refusal(_("This concern is closed."), _("The writer can send a new one."))
    return None


def taking_on(concern: Concern, to: str, *, taken: bool) -> Refusal | None:
    """Taking it to the chair or the rights officer: only if the writer agreed, and once."""
    if (refusal := answering(concern)) is not None:
        return refusal
    if not concern.may_go_on:
        return Refusal(
            _("The person who wrote this has not agreed that you take it further."),
            _("You can ask them in a reply. They answer with their code."),
        )
    if taken:
        return Refusal(_("It was taken further already."))
    agency = concern.agency
    if to == TakenTo.CHAIR and eligible.chair_of_board(agency, agency.today()) is None:
        return Refusal(_("No chair of the governing body is entered whom you could ask."))
    rights = OutsideContact.objects.within(agency).filter(until=None, kind=ContactKind.RIGHTS)
    if to == TakenTo.RIGHTS and not rights.exists():
        return Refusal(_("No rights officer is entered whom you could ask."))
    return None


def taking_on_at_all(concern: Concern) -> Refusal | None:
    """Taking it to one of the two at least; the first one's refusal otherwise."""
    taken = TakenOn.objects.within(concern.agency).filter(concern=concern).exists()
    refusals = [taking_on(concern, to, taken=taken) for to in TakenTo]
    return None if None in refusals else refusals[0]


def awaiting(concern: Concern) -> Refusal | None:
    """Writing down the answer to a concern that was taken further."""
    taken = TakenOn.objects.within(concern.agency).filter(concern=concern).first()
    return hearing_back(taken)


def hearing_back(taken: TakenOn | None) -> Refusal | None:
    """Writing down that the chair or the rights officer answered."""
    if taken is None or taken.answered_on is not None:
        return Refusal(_("No answer is awaited."))
    return None


def handing_in(concern: Concern) -> Refusal | None:
    """Writing down that the formal complaint was handed in: if the writer asked for it, once."""
    if not concern.complaint or concern.complaint_on is not None:
        return Refusal(_("No formal complaint is waiting to be handed in."))
    return None


def passing_on(to: KeyHolder, *, has: bool, named: bool) -> Refusal | None:
    """Sealing a concern to a reader who came later or lost their code, unless they were named."""
    if named:
        return Refusal(
            _("The person who wrote this does not want this reader."),
            _("Nobody can pass it on to them."),
        )
    if has:
        return Refusal(_("This reader has it already."))
    if to.kind != HolderKind.READER or not eligible.reads(to, to.agency.today()):
        return Refusal(_("This person can’t read concerns today."))
    return None


def consenting(concern: Concern, *, taken: bool) -> Refusal | None:
    """The writer agreeing, or no longer, that readers take it further: until they did."""
    if taken:
        return Refusal(_("It was taken further already."), _("Tell the readers in a message."))
    return answering(concern)


def complaining(concern: Concern) -> Refusal | None:
    """The writer making it a formal complaint as well: at any time, once."""
    if concern.complaint:
        return Refusal(_("You asked for this already."))
    return None


def _not_now() -> Refusal:
    return Refusal(
        _("You can’t read concerns now."),
        _("Readers use services, sit in the oversight committee, and manage nobody."),
    )
