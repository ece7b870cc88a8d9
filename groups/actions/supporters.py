"""Supporters: named by a member, who agree, and whom either of the two ends."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.refusals import enforce
from groups import rules
from groups.actions.asks import count_ask
from groups.models import Supporter
from notifications.actions import tell


@transaction.atomic
def name_supporter(
    supporter: Member,
    *,
    sees_dates: bool = False,
    gets_reminders: bool = False,
    enters_away: bool = False,
    by: Member,
) -> Supporter:
    """Ask somebody to help `by` with what is ticked, in place of what was agreed before.

    They hear nothing of it while the two must not meet. ValidationError: nothing is ticked, `by`
    named themselves, or asked too often.
    """
    enforce(rules.naming_supporter(by))
    if supporter.pk == by.pk:
        raise ValidationError({"supporter": _("Choose somebody else.")})
    if not (sees_dates or gets_reminders or enters_away):
        raise ValidationError({"helps": _("Choose what they help you with.")})
    # Two asks at the same moment run one after the other.
    Member.objects.within(by.agency).select_for_update(no_key=True).get(pk=by.pk)
    count_ask(supporter, field="supporter", by=by)
    rows = Supporter.objects.within(by.agency)
    for earlier in rows.open().filter(member=by, supporter=supporter).select_for_update():
        _end(earlier, by)
    row: Supporter = rows.create(
        member=by,
        supporter=supporter,
        sees_dates=sees_dates,
        gets_reminders=gets_reminders,
        enters_away=enters_away,
        named_on=by.agency.today(),
    )
    events.record("supporter.named", row, by=by)
    supporter.agency = by.agency
    if not rules.kept_from_supporter(row, supporter):
        tell(supporter, "supporter.named", subject=row, title="")
    return row


@transaction.atomic
def agree_to_support(row: Supporter, *, by: Member) -> Supporter:
    row = _locked(row, by)
    enforce(rules.agreeing_to_support(row, by))
    if row.accepted_on is None:
        row.accepted_on = by.agency.today()
        row.save(update_fields=["accepted_on"])
        events.record("supporter.agreed", row, by=by)
        tell(row.member, "supporter.agreed", subject=row, title=str(row.supporter))
    return row


@transaction.atomic
def end_support(row: Supporter, *, by: Member) -> Supporter:
    """End it at once, by either of the two."""
    row = _locked(row, by)
    enforce(rules.ending_support(row, by))
    if row.ended_on is None:
        _end(row, by)
        other = row.member if by.pk == row.supporter_id else row.supporter
        if not rules.kept_from_supporter(row, other):
            tell(other, "supporter.ended", subject=row, title="")
    return row


def end_support_of(member: Member) -> None:
    """End all of it, for somebody who leaves; inside an action."""
    rows = Supporter.objects.within(member.agency).open()
    for row in (rows.filter(member=member) | rows.filter(supporter=member)).select_for_update():
        row.agency = member.agency
        _end(row, None)


def _end(row: Supporter, by: Member | None) -> None:
    row.ended_on = row.agency.today()
    row.save(update_fields=["ended_on"])
    events.record("supporter.ended", row, by=by)


def _locked(row: Supporter, by: Member) -> Supporter:
    rows = Supporter.objects.within(by.agency).select_related("member", "supporter")
    found = rows.select_for_update(of=("self",)).get(pk=row.pk)
    found.agency = found.member.agency = found.supporter.agency = by.agency
    return found
