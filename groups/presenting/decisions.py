"""Presenter of a decision: positions, questions, history, and what can be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.links import Link
from foundation.presenting import PageLink, written
from groups.decision_facts import PaperFacts
from groups.models import (
    Choice,
    Decision,
    DecisionStatus,
    EarlierWording,
    Position,
    Question,
)


@dataclass(frozen=True)
class DecisionRights:
    """What the reader may do and see, by the rules; `inside`: they read what the group reads.

    `see_positions`: others' positions; `answer`: the questions.
    """

    inside: bool = False
    ask: bool = False
    answer: bool = False
    see_positions: bool = False
    told_of_quorum: bool = False


@dataclass(frozen=True)
class DecisionParts:
    """What was read for the page of a decision.

    `positions` are all of them, the newest round first; `voters` the keys of members whose
    positions count; `asked`: the reader has a form to answer; `paper`: its record, if decided on
    paper; `subject`: what it is about, if the reader may see it; `speaks_for`: in whose place
    the reader answers.
    """

    decision: Decision
    positions: Sequence[Position]
    voters: frozenset[int]
    questions: Sequence[Question]
    wordings: Sequence[EarlierWording]
    paper: PaperFacts | None
    asked: bool
    subject: Link | None = None
    speaks_for: Member | None = None

    @property
    def is_open(self) -> bool:
        return self.decision.status == DecisionStatus.OPEN

    @property
    def current(self) -> list[Position]:
        """Current positions: of this round, and not replaced."""
        return [
            each
            for each in self.positions
            if each.round == self.decision.round and not each.replaced_at
        ]


@dataclass(frozen=True)
class Passage:
    """A heading with text and a note; each may be missing."""

    heading: str
    text: str
    note: str


@dataclass(frozen=True)
class QuestionShown:
    """A question with its answer, or the link to answer it; neither while it waits."""

    question: Question
    answering: Sequence[PageLink]


@dataclass(frozen=True)
class QuestionsShown:
    """The questions about the proposal, and the link to ask."""

    rows: Sequence[QuestionShown]
    asking: Sequence[PageLink]


@dataclass(frozen=True)
class OwnView:
    """The words around the reader's own answer form."""

    heading: str
    words: str
    submit: str
    kind: str


@dataclass(frozen=True)
class PositionsShown:
    """Positions: voting members first, then, under a heading, people who no longer vote."""

    current: Sequence[Position]
    left: Sequence[Position]
    left_heading: str


@dataclass(frozen=True)
class EarlierRound:
    """Positions on an earlier text, and replaced ones."""

    number: int
    wording: EarlierWording | None
    positions: Sequence[Position]


@dataclass(frozen=True)
class DecisionPage:
    """The page of a decision; `round` while it is open, otherwise `state` in a `tone`."""

    origin: str
    round: str
    state: str
    tone: str
    about: Sequence[PageLink]
    passages: Sequence[Passage]
    questions: QuestionsShown | None
    view: OwnView | None
    positions: PositionsShown | None
    earlier: Sequence[EarlierRound]


def decision_page(parts: DecisionParts, may: DecisionRights, reader: Member) -> DecisionPage:
    """The page for that reader; no query."""
    decision = parts.decision
    asking = _("This is round %(n)s.") % {"n": decision.round}
    return DecisionPage(
        origin=_origin(parts),
        round=asking if parts.is_open and decision.round > 1 else "",
        state="" if parts.is_open else decision.get_status_display(),
        tone="good" if decision.status == DecisionStatus.ADOPTED else "quiet",
        about=_about(parts.subject),
        passages=_passages(parts, may),
        questions=_questions(parts, may) if may.inside or may.ask else None,
        view=_view(parts, reader) if parts.asked else None,
        positions=_positions(parts) if may.see_positions else None,
        earlier=list(_earlier(parts, may)) if may.inside else [],
    )


def _origin(parts: DecisionParts) -> str:
    decision = parts.decision
    if parts.paper is not None and not parts.paper.record.was_open:
        return _("Decided by %(group)s in a room.") % {"group": decision.group.name}
    said = {"name": decision.proposed_by, "group": decision.group.name}
    return _("Proposed by %(name)s to %(group)s.") % said


def _about(subject: Link | None) -> list[PageLink]:
    if subject is None:
        return []
    said = _("Read what it is about: %(title)s") % {"title": subject.title}
    return [PageLink(said, subject.url)]


def _passages(parts: DecisionParts, may: DecisionRights) -> list[Passage]:
    decision = parts.decision
    again = ""
    if decision.review_on is not None:
        again = _("The group looks at it again on %(day)s.")
        again %= {"day": written(decision.review_on)}
    without = ""
    if decision.without_quorum and may.told_of_quorum:
        without = _(
            "Too few consumers took part in this decision. The oversight committee sees that."
        )
        if parts.paper is not None:
            without = _(
                "Too few consumers are on record as having taken part. The oversight committee "
                "sees that."
            )
    waived = _("Why the group did not wait for everyone’s view")
    return [
        Passage(_("What happens next"), decision.outcome, again),
        Passage(waived, decision.waiver, without),
    ]


def _questions(parts: DecisionParts, may: DecisionRights) -> QuestionsShown | None:
    if not parts.questions and not may.ask:
        return None
    ask = at(parts.decision.agency, "groups:ask", pk=parts.decision.pk)
    return QuestionsShown(
        rows=[
            QuestionShown(each, _answering(each) if may.answer and not each.answer else [])
            for each in parts.questions
        ],
        asking=[PageLink(_("Ask a question first"), ask)] if may.ask else [],
    )


def _answering(question: Question) -> list[PageLink]:
    href = at(question.agency, "groups:answer", pk=question.pk)
    return [PageLink(_("Answer this question"), href, question.text)]


def _view(parts: DecisionParts, reader: Member) -> OwnView:
    holder = reader if parts.speaks_for is None else parts.speaks_for
    mine = next((each for each in parts.current if each.member_id == holder.pk), None)
    if mine is not None:
        said = _("You said: %(choice)s.")
        if mine.alternate_id not in (None, reader.pk):
            said = _("Whoever stepped in for you said: %(choice)s.")
        return OwnView(
            heading=_("Change your view"),
            words=said % {"choice": mine.get_choice_display()},
            submit=_("Change my view"),
            kind="secondary",
        )
    words = _(
        "You see what the others said once your own view is in. They will see your name and your "
        "reason."
    )
    if parts.decision.caucus:
        words = _("Nobody reads your answer. It is only counted, so we don’t ask why.")
    if parts.speaks_for is not None:
        words = _("You step in for %(name)s. Your answer counts in their place.") % {
            "name": parts.speaks_for
        }
    return OwnView(_("Your view"), words, _("Send my view"), kind="")


def _positions(parts: DecisionParts) -> PositionsShown:
    heading = _("Said by people who did not vote here on that day")
    if parts.is_open:
        heading = _("Said by people who don’t vote here now")
    return PositionsShown(
        current=[each for each in parts.current if each.member_id in parts.voters],
        left=[each for each in parts.current if each.member_id not in parts.voters],
        left_heading=heading,
    )


def _earlier(parts: DecisionParts, may: DecisionRights) -> Iterator[EarlierRound]:
    """Earlier rounds; people yet to answer see only objections and how they were worked in."""
    shown, last = may.see_positions, parts.decision.round
    wordings = {each.round: each for each in parts.wordings}
    for number in range(last, 0, -1):
        said = [
            each
            for each in parts.positions
            if each.round == number
            and (shown or each.choice == Choice.OBJECT)
            and (number < last or (shown and each.replaced_at))
        ]
        if said or number in wordings:
            yield EarlierRound(number, wordings.get(number), said)
