"""Answering, in two transactions that nothing links.

The first spends the code, so that a code answers once however often it is sent. The second writes
the answer, and with it all answers of the round anew in random order. In this order nobody is
counted twice. A crash between the two loses one answer; decision 0051 explains why that is the
better loss.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.anonymity import rewrite, unnamed
from foundation.models import Agency, TenantQuerySet
from foundation.refusals import enforce
from foundation.transactions import apart
from satisfaction import rules
from satisfaction.instrument import DOES_NOT_APPLY, HIGHEST
from satisfaction.models import (
    Answer,
    AnswerSide,
    Comment,
    SurveyInvitation,
    SurveyRound,
    SurveySheet,
)

Turn = SurveyInvitation | SurveySheet
LONGEST_COMMENT = 2_000


def answer(
    agency: Agency, digest: str, *, side: str, scores: Mapping[str, int], comment: str = ""
) -> None:
    """Take one person's answers: a score from 1 to 5 for each statement, 0 for "does not apply".

    `side`: how they say they take part. Raises Refused if the code is spent or the round closed,
    ValidationError for answers that don't fit the round. Must not run inside a transaction.
    """
    turn = find(agency, digest)
    round_ = turn.round
    _check(round_, side, scores, comment)
    spend(agency, digest)
    try:
        write_down(
            agency,
            round_.pk,
            side=side,
            scores=scores,
            comment=comment,
            on_paper=isinstance(turn, SurveySheet),
        )
    except Exception:
        _give_back(agency, digest)
        raise


@unnamed
@apart
def spend(agency: Agency, digest: str) -> None:
    """Mark the code as used; of two simultaneous attempts, one is refused."""
    turn = find(agency, digest)
    enforce(rules.answering(turn.round, turn, agency.today()))
    if not _rows(agency, turn).filter(digest=digest, spent=False).update(spent=True):
        # The other attempt, or the end of the round, came first.
        turn = find(agency, digest)
        turn.spent = True
        enforce(rules.answering(turn.round, turn, agency.today()))


@unnamed
@apart
def write_down(
    agency: Agency,
    round_id: int,
    *,
    side: str,
    scores: Mapping[str, int],
    comment: str,
    on_paper: bool,
) -> None:
    """Add an answer to a round, in its own transaction that knows no code."""
    rounds = SurveyRound.objects.within(agency).select_for_update(no_key=True)
    round_ = rounds.get(pk=round_id)
    enforce(rules.taking_answers(round_, agency.today()))
    added = Answer(agency=agency, round=round_, side=side, scores=dict(scores), on_paper=on_paper)
    rewrite(Answer.objects.within(agency).filter(round=round_), [added])
    comments = Comment.objects.within(agency).filter(round=round_)
    said = comment.strip()
    written = [Comment(agency=agency, round=round_, text=said, on_paper=on_paper)] if said else []
    rewrite(comments, written)


def check_sheet(round_: SurveyRound, digest: str) -> None:
    """Raise ValidationError for a code that is not on a sheet of this round."""
    sheets = SurveySheet.objects.within(round_.agency).filter(round=round_, digest=digest)
    if not sheets.exists():
        raise ValidationError({"code": unknown_code()})


def unknown_code() -> str:
    return _("We don't know this code. Please check it.")


def find(agency: Agency, digest: str) -> Turn:
    """The invitation or sheet with this digest; DoesNotExist if nobody was given one."""
    sheets = SurveySheet.objects.within(agency).select_related("round")
    if (sheet := sheets.filter(digest=digest).first()) is not None:
        return sheet
    return SurveyInvitation.objects.within(agency).select_related("round").get(digest=digest)


def _rows(agency: Agency, turn: Turn) -> TenantQuerySet[Any]:
    return type(turn).objects.within(agency)


def _give_back(agency: Agency, digest: str) -> None:
    """Make the code usable again, since the answer could not be written."""
    _rows(agency, find(agency, digest)).filter(digest=digest).update(spent=False)


def _check(round_: SurveyRound, side: str, scores: Mapping[str, int], comment: str) -> None:
    if side not in AnswerSide.values:
        raise ValidationError({"side": _("Please choose one of the answers.")})
    if set(scores) != round_.asks.codes:
        raise ValidationError(_("Please answer each statement."))
    if not all(DOES_NOT_APPLY <= score <= HIGHEST for score in scores.values()):
        raise ValidationError(_("Please choose one of the answers."))
    if len(comment) > LONGEST_COMMENT:
        raise ValidationError({"comment": _("Please write less.")})
