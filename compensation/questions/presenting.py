"""A question about pay, for its member and for those who answer."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from compensation.questions.reading import PayAsked
from compensation.receiving.models import Arrival
from compensation.receiving.presenting import due_for_payers, handed
from foundation.addresses import at
from foundation.models import Agency
from foundation.presenting import PageLink, written


@dataclass(frozen=True)
class AskedShown:
    """Something that was asked: whose or what it is about, the words, where it stands, the way on.

    Words that do not apply are empty.
    """

    heading: str
    words: str
    said: str
    answer: str
    answered: str
    link: PageLink | None


def mine_shown(asked: PayAsked, agency: Agency) -> AskedShown:
    """For the member who asked."""
    question, answer = asked.question, asked.answer
    on = written(question.asked_on)
    heading = _("Asked on %(day)s") % {"day": on}
    if asked.about:
        heading = _("Asked on %(day)s about %(what)s") % {"day": on, "what": asked.about}
    again = None
    if answer is not None and not answer.followed:
        again = PageLink(
            _("Ask on"), at(agency, "compensation:ask_on", pk=question.pk), asked.about or on
        )
    return AskedShown(
        heading=heading,
        words=question.words,
        said="" if answer is not None else _due(asked),
        answer="" if answer is None else answer.words,
        answered="" if answer is None else _("Answered on %(day)s") % {"day": written(answer.on)},
        link=again,
    )


def _due(asked: PayAsked) -> str:
    day = {"day": written(asked.question.due_on)}
    if asked.late:
        return (
            _("Late since %(day)s. We told those who approve and pay, and the administrators.")
            % day
        )
    return _("Answer by %(day)s.") % day


def to_answer_shown(asked: PayAsked, agency: Agency) -> AskedShown:
    """For those who answer."""
    question = asked.question
    name, day = question.member.full_name, written(question.asked_on)
    heading = _("%(name)s asked on %(day)s") % {"name": name, "day": day}
    if asked.about:
        said = _("%(name)s asked on %(day)s about %(what)s")
        heading = said % {"name": name, "day": day, "what": asked.about}
    due = {"day": written(question.due_on)}
    return AskedShown(
        heading=heading,
        words=question.words,
        said=(_("Late since %(day)s.") if asked.late else _("Answer by %(day)s.")) % due,
        answer="",
        answered="",
        link=PageLink(_("Answer"), at(agency, "compensation:answer", pk=question.pk), name),
    )


def to_find_shown(said: Arrival, on: date, *, pays: bool) -> AskedShown:
    """A payment that did not come; only a payer (`pays`) is led to answer it."""
    name = said.member.full_name
    heading = _("%(name)s: %(payment)s") % {"name": name, "payment": handed(said.payment)}
    found = at(said.agency, "compensation:found", pk=said.payment_id)
    return AskedShown(
        heading=heading,
        words="",
        said=due_for_payers(said, on),
        answer="",
        answered="",
        link=PageLink(_("Answer"), found, heading) if pays else None,
    )
