"""Sentences about whether a payment came."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from compensation.payments.models import Payment
from compensation.receiving.models import Arrival, ArrivalKind
from compensation.receiving.reading import Sent
from foundation.addresses import at
from foundation.presenting import PageLink, written
from foundation.templatetags.components import dollars


def handed(payment: Payment) -> str:
    said = _("%(amount)s, %(how)s, %(day)s")
    return said % {
        "amount": dollars(payment.amount),
        "how": payment.get_method_display().lower(),
        "day": written(payment.paid_on),
    }


def told(sent: Sent, on: date) -> list[str]:
    """What was said about it so far, to its member; nothing if nobody said anything."""
    said = sent.said
    if said is None:
        return []
    day = {"day": written(said.said_on)}
    if said.kind == ArrivalKind.GOT:
        return [_("You told us on %(day)s that you got it.") % day]
    if said.kind == ArrivalKind.FOUND:
        return [_("We looked for it. This is our answer of %(day)s:") % day]
    return [_("You told us on %(day)s that it did not come.") % day, answer_by(said, on)]


def due_for_payers(said: Arrival, on: date) -> str:
    """By when those who pay have to answer; nothing about what does not wait for them."""
    if said.due_on is None:
        return ""
    words = _("Late since %(day)s.") if said.due_on < on else _("Answer by %(day)s.")
    return words % {"day": written(said.due_on)}


def answer_by(said: Arrival, on: date) -> str:
    """By when the member gets an answer; nothing about what does not wait for one."""
    if said.due_on is None:
        return ""
    day = {"day": written(said.due_on)}
    if said.due_on < on:
        return _("The answer is late since %(day)s. We told the people who pay.") % day
    return _("Answer by %(day)s.") % day


@dataclass(frozen=True)
class SentShown:
    """A payment that its member has not said to have come: what it is, what was said, the way."""

    what: str
    said: list[str]
    answer: str
    link: PageLink
    ask: PageLink


def sent_shown(sent: Sent, on: date) -> SentShown:
    payment = sent.payment
    what = handed(payment)
    words = _("Did it come?") if sent.said is None else _("Tell us if it came")
    return SentShown(
        what=what,
        said=told(sent, on),
        answer="" if sent.said is None else sent.said.words,
        link=PageLink(words, at(payment.agency, "compensation:came", pk=payment.pk), what),
        ask=PageLink(
            _("Ask about it"), at(payment.agency, "compensation:ask_payment", pk=payment.pk), what
        ),
    )
