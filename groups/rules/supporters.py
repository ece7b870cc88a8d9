"""Who names a supporter, agrees to be one, and what a supporter may do."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Alternate, Supporter, SupporterQuerySet
from safety.models import NoContact


def naming_supporter(by: Member) -> Refusal | None:
    """Naming somebody who helps: everybody who takes part, for themselves."""
    if by.has_left:
        return Refusal(_("You don’t take part any more."))
    return None


def kept_from_supporter(row: Supporter, reader: Member) -> bool:
    """Whether an ask is hidden from whoever was asked: they must not meet who asks.

    Whoever asked sees it as not answered yet.
    """
    if reader.pk != row.supporter_id or row.accepted_on is not None:
        return False
    return _kept_apart(row)


def shown_supporters(reader: Member) -> SupporterQuerySet:
    """The reader's own: those in which they were named, if they are not hidden from them."""
    orders = NoContact.objects.within(reader.agency).lasting(reader.agency.today())
    orders = orders.filter(
        Q(one=OuterRef("member"), other=OuterRef("supporter"))
        | Q(other=OuterRef("member"), one=OuterRef("supporter"))
    )
    asked = Q(accepted_on=None, ended_on=None) & ~Q(Exists(orders))
    rows = Supporter.objects.within(reader.agency)
    return rows.filter(Q(member=reader) | Q(Q(accepted_on__isnull=False) | asked, supporter=reader))


def agreeing_to_support(row: Supporter, by: Member) -> Refusal | None:
    """Agreeing: only whoever was asked, unless the two must not meet."""
    if row.supporter_id != by.pk:
        return Refusal(_("Only the person who was asked can answer."))
    if row.ended_on is not None or _kept_apart(row):
        return Refusal(_("This can’t be agreed to now."), _("They can ask somebody else."))
    return None


def ending_support(row: Supporter, by: Member) -> Refusal | None:
    """Ending it: either of the two, at any time."""
    if by.pk not in (row.member_id, row.supporter_id):
        return Refusal(_("Only the two people themselves can end this."))
    return None


def seeing_dates(row: Supporter, by: Member) -> Refusal | None:
    """Seeing on which days the member has meetings: never of which group, nor what is said.

    Whoever gets the reminders sees the next day only.
    """
    ticked = row.sees_dates or row.gets_reminders
    return _helping(row, by) or (None if ticked else _NOT_TICKED)


def entering_away(row: Supporter, by: Member) -> Refusal | None:
    """Entering for the member when they are away."""
    if refusal := _helping(row, by) or (None if row.enters_away else _NOT_TICKED):
        return refusal
    # Or somebody could begin and end the time in which they speak for the member.
    steps_in = Alternate.objects.within(row.agency).open().filter(member=by, holder=row.member_id)
    if not steps_in.exists():
        return None
    return Refusal(
        _("You step in for them when they are away, so you can’t enter it."),
        _("They say it themselves, or somebody else who helps them does."),
    )


_NOT_TICKED = Refusal(_("They did not ask you to help with this."), _("Ask them first."))


def _helping(row: Supporter, by: Member) -> Refusal | None:
    """Whether `by` helps now; it stops at once if the two must not meet any more."""
    helps = row.accepted_on is not None and row.ended_on is None and row.supporter_id == by.pk
    if not helps or _kept_apart(row):
        return Refusal(_("You don’t help this person here now."), _("Ask them first."))
    return None


def _kept_apart(row: Supporter) -> bool:
    pair = Q(one=row.member_id, other=row.supporter_id)
    pair |= Q(one=row.supporter_id, other=row.member_id)
    orders = NoContact.objects.within(row.agency).lasting(row.agency.today())
    return orders.filter(pair).exists()
