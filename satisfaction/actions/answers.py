"""Answering: two transactions that nothing joins.

The first spends the invitation, so that a code answers once however often it is sent. The second
writes the answer, and with it all answers of the round anew in random order. In this order nobody
is counted twice; what a crash between the two costs is one answer, and the record of decision 0051
says why that is the better loss.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.anonymity import rewrite, unnamed
from foundation.models import Agency
from foundation.refusals import enforce
from satisfaction import rules
from satisfaction.instrument import DOES_NOT_APPLY, HIGHEST
from satisfaction.models import Answer, Comment, SurveyInvitation, SurveyRound

LONGEST_COMMENT = 2_000


def answer(agency: Agency, digest: str, *, scores: Mapping[str, int], comment: str = "") -> None:
    """Take one person's answers: a score from 1 to 5 for each statement, 0 for "does not apply".

    Raises Refused when the invitation is spent or the round closed, ValidationError for scores
    that are not the round's. Must not run inside a transaction.
    """
    invitation = find(agency, digest)
    round_ = invitation.round
    _check(round_, scores, comment)
    spend(agency, digest)
    try:
        write_down(agency, round_.pk, side=invitation.side, scores=scores, comment=comment)
    except Exception:
        _give_back(agency, digest)
        raise


@unnamed
@transaction.atomic(durable=True)
def spend(agency: Agency, digest: str) -> None:
    """Mark the invitation as used; of two at the same moment, one is refused."""
    invitation = find(agency, digest)
    enforce(rules.answering(invitation.round, invitation, agency.today()))
    unspent = SurveyInvitation.objects.within(agency).filter(digest=digest, spent=False)
    if not unspent.update(spent=True):
        # The other one, or the end of the round, was faster.
        invitation = find(agency, digest)
        invitation.spent = True
        enforce(rules.answering(invitation.round, invitation, agency.today()))


@unnamed
@transaction.atomic(durable=True)
def write_down(
    agency: Agency, round_id: int, *, side: str, scores: Mapping[str, int], comment: str
) -> None:
    """Add an answer to a round, in a transaction of its own that knows of no invitation."""
    rounds = SurveyRound.objects.within(agency).select_for_update(no_key=True)
    round_ = rounds.get(pk=round_id)
    enforce(rules.taking_answers(round_, agency.today()))
    added = Answer(agency=agency, round=round_, side=side, scores=dict(scores))
    rewrite(Answer.objects.within(agency).filter(round=round_), [added])
    comments = Comment.objects.within(agency).filter(round=round_)
    said = [Comment(agency=agency, round=round_, text=comment.strip())] if comment.strip() else []
    rewrite(comments, said)


@transaction.atomic
def enter_for_someone(round_: SurveyRound, digest: str, *, by: Member) -> SurveyInvitation:
    """Record that a person agreed to have what they wrote on paper typed in by this member.

    The answers follow on the page that everybody answers on. Raises ValidationError for a code
    that is not of this round.
    """
    agency = by.agency
    enforce(rules.entering_for_someone(round_, by, agency.today()))
    invitations = SurveyInvitation.objects.within(agency).filter(round=round_)
    invitation = invitations.select_for_update(of=("self",)).filter(digest=digest).first()
    if invitation is None:
        raise ValidationError({"code": unknown_code()})
    enforce(rules.answering(round_, invitation, agency.today()))
    invitation.entered_by = by
    invitation.save(update_fields=["entered_by"])
    return invitation


def unknown_code() -> str:
    return _("We don't know this code. Please check it.")


def find(agency: Agency, digest: str) -> SurveyInvitation:
    """The invitation with this digest; DoesNotExist for one that nobody got."""
    invitations = SurveyInvitation.objects.within(agency).select_related("round")
    return invitations.get(digest=digest)


def _give_back(agency: Agency, digest: str) -> None:
    """The answer could not be written: let the person try again."""
    SurveyInvitation.objects.within(agency).filter(digest=digest).update(spent=False)


def _check(round_: SurveyRound, scores: Mapping[str, int], comment: str) -> None:
    if set(scores) != round_.asks.codes:
        raise ValidationError(_("Please answer each statement."))
    if not all(DOES_NOT_APPLY <= score <= HIGHEST for score in scores.values()):
        raise ValidationError(_("Please choose one of the answers."))
    if len(comment) > LONGEST_COMMENT:
        raise ValidationError({"comment": _("Please write less.")})
