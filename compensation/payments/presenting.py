"""Presenters of a member's own money, and of payment runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Member
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.claims.words import done
from compensation.offers.models import Election, OfferChoice
from compensation.payments import rules
from compensation.payments.models import Payment, PaymentMethod, PaymentRun
from compensation.payments.reading import RunNow, RunShare
from foundation.addresses import at
from foundation.models import Agency
from foundation.presenting import PageLink, written
from foundation.templatetags.components import dollars

PAID = {
    PaymentMethod.CHECK: _lazy("Paid by check on %(day)s."),
    PaymentMethod.TRANSFER: _lazy("Paid to your bank account on %(day)s."),
    PaymentMethod.CASH: _lazy("Paid in cash on %(day)s."),
    PaymentMethod.GIFT_CARD: _lazy("Paid with a gift card on %(day)s."),
}
# Lines described by their state alone.
BY_STATE = frozenset({ClaimStatus.WAITING, ClaimStatus.RETURNED, ClaimStatus.WITHDRAWN})


@dataclass(frozen=True)
class MoneyStep:
    """A step of a line on its way to payment."""

    words: str
    done: bool


@dataclass(frozen=True)
class LineShown:
    """One of my lines: its purpose, then a sentence, its state or its steps.

    `capped` says what the daily cap cut, `question` what was asked about it. Words that do not
    apply are empty.
    """

    amount: Decimal
    what: str
    capped: str
    said: str
    state: str
    steps: Sequence[MoneyStep]
    question: str
    answer: PageLink | None
    withdraw: PageLink | None
    settle: PageLink | None
    receipt: PageLink | None
    ask: PageLink
    signature: PageLink | None


@dataclass(frozen=True)
class ChosenShown:
    """What I chose about pay, and the link to choose."""

    words: str
    choose: PageLink


def chosen(agency: Agency, election: Election | None) -> ChosenShown:
    """For somebody who was offered pay; no query."""
    words = _("Choose now") if election is None else _("Change what you chose")
    return ChosenShown(_choice(election), PageLink(words, at(agency, "compensation:choose")))


def _choice(election: Election | None) -> str:
    if election is None:
        return _("You have not told us yet if you want to be paid.")
    if election.choice == OfferChoice.ACCEPT:
        return _("You chose: yes, pay me.")
    since = {"day": written(election.since)}
    if election.choice == OfferChoice.DECLINE:
        return (
            _(
                "You chose: no payment for your time from %(day)s on. What you earned before that "
                "day is yours."
            )
            % since
        )
    assert election.organization is not None, "the database asks for it"
    said = _(
        "You chose: donate what I earn from %(day)s on to %(organization)s. It still counts for "
        "taxes and benefits."
    )
    return said % {**since, "organization": election.organization.name}


def line_shown(
    claim: Claim, on: date, *, may_withdraw: bool, signed: bool = False, to_settle: bool = False
) -> LineShown:
    """A line on that day, with its payment, plan and organizations loaded; no query.

    `signed`: its member signed for the payment. `to_settle`: it is an advance of which it is not
    known yet what was spent.
    """
    href = partial(at, claim.agency, pk=claim.pk)
    back = PageLink(_("Take it back"), href("compensation:withdraw"), claim.what_for)
    said = _said(claim, on)
    alone = said or claim.status in BY_STATE or claim.status == ClaimStatus.NOTHING
    return LineShown(
        amount=claim.amount,
        what=what_for(claim),
        capped=_capped(claim),
        said=said,
        state=claim.get_status_display() if claim.status in BY_STATE else "",
        steps=[] if alone else _steps(claim, on),
        question=_question(claim),
        answer=_answer(claim),
        withdraw=back if may_withdraw else None,
        settle=PageLink(_("Tell us what you spent"), href("compensation:settle"), claim.what_for)
        if to_settle
        else None,
        receipt=PageLink(_("See the receipt"), href("compensation:receipt"), claim.what_for)
        if claim.has_receipt
        else None,
        ask=PageLink(_("Ask about this"), href("compensation:ask_line"), what_for(claim)),
        signature=_signature(claim) if signed else None,
    )


def _signature(claim: Claim) -> PageLink:
    href = at(claim.agency, "compensation:signature", pk=claim.payment_id)
    return PageLink(_("See how you signed for it"), href, what_for(claim))


def what_for(claim: Claim) -> str:
    """What a line is for, in a few words."""
    on = {"day": written(claim.service_on)}
    if claim.kind == ClaimKind.PAY:
        return done(claim)
    if claim.kind == ClaimKind.ADJUSTMENT:
        return _("to correct what was written down for %(day)s") % on
    if claim.miles is not None:
        said = _("back for %(miles)s miles: %(what)s, %(day)s")
        return said % {**on, "miles": floatformat(claim.miles, "-1"), "what": claim.what_for}
    said = _("back for %(what)s, %(day)s")
    if claim.in_advance:
        said = _("in advance for %(what)s, %(day)s")
    elif claim.settles_id is not None and claim.amount < 0:
        said = _("left over from an advance: %(what)s, %(day)s")
    return said % {**on, "what": claim.what_for}


def _capped(claim: Claim) -> str:
    if claim.before_cap is None or claim.plan is None:
        return ""
    said = _("Your time was worth $%(full)s. We pay at most $%(cap)s for one day.")
    return said % {
        "full": floatformat(claim.before_cap, "2g"),
        "cap": floatformat(claim.plan.daily_cap, "2g"),
    }


def _said(claim: Claim, on: date) -> str:
    """The sentence of a line that is not on its way to payment; otherwise empty."""
    if claim.status == ClaimStatus.WAIVED:
        return _turned_down(claim.comes_back_until, on)
    if claim.status == ClaimStatus.REFUSED:
        said = _("It was not approved: %(reason)s")
        if claim.amount < 0:
            said = _("Nothing is taken from your pay for it: %(reason)s")
        return said % {"reason": claim.returned_reason}
    if claim.status == ClaimStatus.NOTHING:
        said = _(
            "It was corrected: you were not on the list of who came, or nothing is left to pay."
        )
        return "" if claim.before_cap else said
    if claim.amount < 0 and claim.status not in BY_STATE:
        return _taken(claim)
    return "" if claim.payment is None else _paid(claim.payment)


def _turned_down(until: date | None, on: date) -> str:
    if until is None or until < on:
        return _("You turned it down.")
    said = _("You turned it down. You can change your mind until %(day)s.")
    return said % {"day": written(until)}


def _taken(claim: Claim) -> str:
    if claim.payment is None:
        return _("It will be taken from what you are paid next.")
    said = _("It was taken from your payment on %(day)s.")
    return said % {"day": written(claim.payment.paid_on)}


def _steps(claim: Claim, on: date) -> list[MoneyStep]:
    approved = claim.status != ClaimStatus.EARNED
    return [
        MoneyStep(_("Earned"), done=True),
        MoneyStep(_("Approved") if approved else _("Not approved yet"), approved),
        MoneyStep(_expected(claim, on), done=False),
    ]


def _paid(payment: Payment) -> str:
    day = written(payment.paid_on)
    if payment.donated_to is None:
        return str(PAID[PaymentMethod(payment.method)]) % {"day": day}
    said = _("You donated it to %(organization)s on %(day)s.")
    return said % {"day": day, "organization": payment.donated_to.name}


def _expected(claim: Claim, on: date) -> str:
    """When to expect it, or since when it is late."""
    day = written(claim.due_on)
    if claim.due_on < on:
        return _("Late since %(day)s. We told the people who pay.") % {"day": day}
    if claim.donate_to is None:
        return _("Expect it by %(day)s") % {"day": day}
    said = _("It goes to %(organization)s by %(day)s")
    return said % {"day": day, "organization": claim.donate_to.name}


def _question(claim: Claim) -> str:
    if claim.status != ClaimStatus.RETURNED:
        return ""
    return _("We have a question: %(reason)s") % {"reason": claim.returned_reason}


def _answer(claim: Claim) -> PageLink | None:
    """What the line needs from its member."""
    if claim.status == ClaimStatus.WAITING:
        return PageLink(_("Tell us if you want this"), at(claim.agency, "compensation:choose"))
    if claim.status == ClaimStatus.RETURNED:
        again = at(claim.agency, "compensation:claim_again", pk=claim.pk)
        return PageLink(_("Answer it"), again)
    return None


RUNS_HEAD = [
    _lazy("Prepared"),
    _lazy("State"),
    {"text": _lazy("Payments"), "numeric": True},
    {"text": _lazy("Total"), "numeric": True},
]


def paid_state(payment: Payment) -> str:
    """What its member said of a payment that stands; with what was said of it loaded; no query."""
    said = sorted(payment.arrivals.all(), key=lambda each: each.pk)
    if payment.reversed_on is not None or not said:
        return ""
    words = {
        "got": _("It came, they said on %(day)s"),
        "missing": _("Did not come, they said on %(day)s"),
        "found": _("Did not come; answered on %(day)s"),
    }
    return words[said[-1].kind] % {"day": written(said[-1].said_on)}


def run_state(run: PaymentRun) -> str:
    if run.released_on is not None:
        return _("Released on %(day)s") % {"day": written(run.released_on)}
    if run.dropped_on is not None:
        return _("Dropped on %(day)s") % {"day": written(run.dropped_on)}
    return _("To release")


def runs_shown(runs: Iterable[PaymentRun]) -> list[list[object]]:
    by = _("%(day)s, by %(name)s")
    return [
        [
            {
                "text": by % {"day": written(run.prepared_on), "name": run.prepared_by},
                "href": at(run.agency, "compensation:payment_run", pk=run.pk),
            },
            run_state(run),
            str(run.people),
            dollars(run.total),
        ]
        for run in runs
    ]


@dataclass(frozen=True)
class RunShown:
    """A run's page: its facts, its rows, what changed, and what the reader can do.

    `own`: they could release it if they had had no part in it.
    """

    state: str
    facts: Sequence[tuple[str, str]]
    head: Sequence[object]
    rows: Sequence[Sequence[str]]
    changed: Sequence[str]
    own: bool
    release: str
    steps: Sequence[PageLink]
    file: str


def run_shown(run: PaymentRun, now: RunNow, reader: Member) -> RunShown:
    def href(name: str) -> str:
        url: str = at(run.agency, f"compensation:{name}", pk=run.pk)
        return url

    steps = []
    if rules.changing_run(run, reader) is None:
        if now.changed:
            steps.append(PageLink(_("Prepare it again"), href("prepare_run_again")))
        steps.append(PageLink(_("Drop it"), href("drop_run")))
    return RunShown(
        state=run_state(run),
        facts=[*_run_facts(run)],
        head=[
            _("Person"),
            _("Number"),
            {"text": _("Lines"), "numeric": True},
            {"text": _("Amount"), "numeric": True},
        ],
        rows=[
            [
                _to(share),
                share.reference,
                str(share.lines),
                dollars(share.amount)
                if not share.deducted
                else _("%(amount)s, %(less)s deducted")
                % {"amount": dollars(share.amount), "less": dollars(share.deducted)},
            ]
            for share in now.shares
        ],
        changed=[member.full_name for member in now.changed],
        own=now.own and rules.releasing(run, reader) is None,
        release=href("release_run")
        if not (now.changed or now.own) and rules.releasing(run, reader) is None
        else "",
        steps=steps,
        file=href("payment_run_csv"),
    )


def _to(share: RunShare) -> str:
    if not share.organization:
        return str(share.member.full_name)
    said = _("%(name)s, donated: pay it to %(organization)s")
    return said % {"name": share.member.full_name, "organization": share.organization}


def _run_facts(run: PaymentRun) -> Iterable[tuple[str, str]]:
    by = _("%(name)s, %(day)s")
    yield _("Total"), dollars(run.total)
    yield _("How"), str(run.get_method_display())
    yield _("Day of payment"), written(run.paid_on)
    yield _("Prepared by"), by % {"name": run.prepared_by, "day": written(run.prepared_on)}
    if run.released_on is not None:
        yield _("Released by"), by % {"name": run.released_by, "day": written(run.released_on)}
