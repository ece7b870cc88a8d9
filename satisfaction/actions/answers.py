"""Answering, in two transactions that nothing links.

The first spends the code, so that a code answers once however often it is sent. The second writes
the answer in an envelope that nobody opens before the round closes, and with it all envelopes of
the round anew in random order. In this order nobody is counted twice. A crash between the two loses
one answer; decision 0051 explains why that is the better loss.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.anonymity import rewrite, unnamed
from foundation.models import Agency, TenantQuerySet
from foundation.refusals import enforce
from foundation.transactions import apart
from satisfaction import envelopes, rules
from satisfaction.envelopes import AnsweredSurvey
from satisfaction.models import AnswerSide, SealedAnswer, SurveyCode, SurveyRound
from satisfaction.models.answers import LONGEST_COMMENT


def answer(
    agency: Agency, digest: str, *, side: str, scores: Mapping[str, int], comment: str = ""
) -> None:
    """Take one person's answers: a score from 1 to 5 for each statement, 0 for "does not apply".

    `side`: how they say they take part. Raises Refused if the code is spent or the round closed,
    ValidationError for answers that don't fit the round. Must not run inside a transaction.
    """
    code = find(agency, digest)
    round_ = code.round
    _check(round_, side, scores, comment)
    spend(agency, digest)
    answered = AnsweredSurvey(side, scores, comment.strip(), on_paper=code.printed)
    try:
        write_down(agency, round_.pk, answered)
    except Exception:
        _rows(agency).filter(digest=digest).update(spent=False)
        raise


@unnamed
@apart
def spend(agency: Agency, digest: str) -> None:
    """Mark the code as used; of two simultaneous attempts, one is refused."""
    code = find(agency, digest)
    enforce(rules.answering(code.round, code, agency.today()))
    if not _rows(agency).filter(digest=digest, spent=False).update(spent=True):
        # The other attempt, or the end of the round, came first.
        code = find(agency, digest)
        code.spent = True
        enforce(rules.answering(code.round, code, agency.today()))


@unnamed
@apart
def write_down(agency: Agency, round_id: int, answered: AnsweredSurvey) -> None:
    """Add an answer to a round, in its own transaction that knows no code."""
    rounds = SurveyRound.objects.within(agency).select_for_update(no_key=True)
    round_ = rounds.get(pk=round_id)
    enforce(rules.taking_answers(round_, agency.today()))
    added = SealedAnswer(agency=agency, round=round_, envelope=envelopes.seal(round_, answered))
    rewrite(SealedAnswer.objects.within(agency).filter(round=round_), [added])


def check_sheet(round_: SurveyRound, digest: str) -> None:
    """Raise ValidationError for a code that is not on a sheet of this round."""
    printed = SurveyCode.objects.within(round_.agency).filter(round=round_, printed=True)
    if not printed.filter(digest=digest).exists():
        raise ValidationError({"code": unknown_code()})


def unknown_code() -> str:
    return _("We don't know this code. Please check it.")


def find(agency: Agency, digest: str) -> SurveyCode:
    """The code with this digest; DoesNotExist if nobody was given one."""
    return _rows(agency).select_related("round").get(digest=digest)


def _rows(agency: Agency) -> TenantQuerySet[SurveyCode]:
    return SurveyCode.objects.within(agency)


def _check(round_: SurveyRound, side: str, scores: Mapping[str, int], comment: str) -> None:
    if side not in AnswerSide.values:
        raise ValidationError({"side": _("Please choose one of the answers.")})
    if set(scores) != round_.asks.codes:
        raise ValidationError(_("Please answer each statement."))
    if not round_.asks.fits(scores):
        raise ValidationError(_("Please choose one of the answers."))
    if len(comment) > LONGEST_COMMENT:
        raise ValidationError({"comment": _("Please write less.")})
