"""Accounts: begun and written by the committee, released by its consumers, answered, put out."""

import hashlib
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.quarters import lately, quarter_of
from foundation.refusals import enforce
from groups.actions.decisions import propose
from groups.actions.writing import begin_caucus
from groups.models import Decision
from notifications.actions import tell
from oversight import rules as oversight_rules
from oversight.actions.reviews import locked_committee
from quarterly import rules
from quarterly.facts import as_text, facts
from quarterly.models import AccountStatus, QuarterlyAccount
from quarterly.policies import REPLY


def locked(account: QuarterlyAccount, agency: Agency) -> QuarterlyAccount:
    rows = QuarterlyAccount.objects.within(agency).select_for_update(of=("self",))
    row = rows.select_related("committee__group").get(pk=account.pk)
    row.agency = row.committee.agency = row.committee.group.agency = agency
    return row


@transaction.atomic
def begin_account(*, since: date, opening: str, by: Member) -> QuarterlyAccount:
    """Begin the Account of a quarter that is over, with its first paragraph.

    ValidationError: no text, a quarter that is not over or long past, or one that has its Account.
    """
    committee = locked_committee(by)
    enforce(rules.beginning(by, oversight_rules.hat(by)))
    quarter = quarter_of(since)
    accounts = QuarterlyAccount.objects.within(by.agency)
    if quarter not in lately(by.agency.today()):
        raise ValidationError({"since": _("Choose one of the last quarters.")})
    if accounts.filter(committee=committee, since=quarter.since).exists():
        raise ValidationError({"since": _("This quarter has its Account already.")})
    account = accounts.create(
        committee=committee,
        since=quarter.since,
        until=quarter.until,
        opening=_worded(opening),
        begun_on=by.agency.today(),
        begun_by=by,
    )
    events.record("account.begun", account, by=by)
    return account


def _worded(opening: str) -> str:
    if not opening.strip():
        raise ValidationError({"opening": _("Write the first paragraph.")})
    return opening.strip()


@transaction.atomic
def write_opening(
    account: QuarterlyAccount, *, opening: str, version: int, by: Member
) -> QuarterlyAccount:
    """Change the first paragraph before the consumers are asked.

    ValidationError: no text, or somebody changed it meanwhile.
    """
    account = locked(account, by.agency)
    enforce(rules.writing(account, by, oversight_rules.hat(by)))
    if account.version != version:
        raise ValidationError(
            _("Somebody changed this while you were writing. Open the page again to see it.")
        )
    account.opening = _worded(opening)
    account.version += 1
    account.save()
    events.record("account.written", account, by=by)
    return account


@transaction.atomic
def ask_consumers(account: QuarterlyAccount, *, by: Member) -> QuarterlyAccount:
    """Ask the committee's consumers to release it, as it reads now.

    All voting members are asked in writing, only the consumers' answers count, and nobody reads
    any: so nobody learns who they are.
    """
    account = locked(account, by.agency)
    enforce(rules.writing(account, by, oversight_rules.hat(by)))
    account.text = as_text(account.opening, facts(by.agency, quarter_of(account.since)))
    decision = propose(
        account.committee.group,
        title=_("Release the Quarterly Account: %(period)s") % {"period": account.period},
        text=account.opening,
        by=by,
        subject=account,
        fixed=True,
        kept_inside=True,
    )
    account.decision = begin_caucus(decision, by=by)
    account.become(AccountStatus.ASKED)
    account.checksum = hashlib.sha256(account.text.encode()).hexdigest()
    account.version += 1
    account.save()
    events.record("account.asked", account, by=by, decision=decision.pk)
    return account


def of_decision(decision: Decision) -> QuarterlyAccount:
    """The Account that a decision of the committee's consumers is about, locked."""
    assert decision.subject_id is not None
    account = QuarterlyAccount.objects.within(decision.agency).get(pk=decision.subject_id)
    return locked(account, decision.agency)


@transaction.atomic
def release(decision: Decision) -> QuarterlyAccount:
    """Release it once the consumers agreed; from then on it never changes."""
    account = of_decision(decision)
    today = decision.agency.today()
    account.become(AccountStatus.RELEASED)
    account.released_on, account.reply_until = today, today + REPLY.span
    account.version += 1
    account.save()
    events.record("account.released", account, by=None)
    return account


@transaction.atomic
def give_back(decision: Decision) -> QuarterlyAccount:
    """Not agreed to: it can be changed, and the consumers asked again."""
    account = of_decision(decision)
    account.become(AccountStatus.DRAFT)
    account.text = account.checksum = ""
    account.version += 1
    account.save()
    events.record("account.given_back", account, by=None)
    return account


@transaction.atomic
def reply(account: QuarterlyAccount, *, text: str, by: Member) -> QuarterlyAccount:
    """Reply for management, or say with an empty text that there is no reply; it is out at once."""
    account = locked(account, by.agency)
    today = by.agency.today()
    enforce(rules.replying(account, by, today))
    account.reply = text.strip()
    if account.reply:
        account.replied_by, account.replied_on = by, today
    events.record("account.replied", account, by=by)
    return _out(account, today)


@transaction.atomic
def put_out(account: QuarterlyAccount) -> QuarterlyAccount:
    """Put it out once the time for a reply is over; once."""
    account = locked(account, account.agency)
    today = account.agency.today()
    if account.status != AccountStatus.RELEASED or not account.is_out(today):
        return account
    return _out(account, today)


def _out(account: QuarterlyAccount, today: date) -> QuarterlyAccount:
    account.become(AccountStatus.OUT)
    account.out_on = today
    account.version += 1
    account.save()
    events.record("account.out", account, by=None)
    return account


@transaction.atomic
def tell_everybody(account: QuarterlyAccount) -> int:
    """Tell all members that it is out, once; return how many."""
    account = locked(account, account.agency)
    if account.status != AccountStatus.OUT or account.told_on is not None:
        return 0
    today = account.agency.today()
    members = list(Member.objects.within(account.agency).today(today).select_related("user"))
    for member in members:
        member.agency = account.agency
        tell(member, "account.out", subject=account, title=account.period)
    account.told_on = today
    account.save()
    return len(members)
