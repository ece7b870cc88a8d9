"""Who may record, confirm and delete a decision that a group took in a room."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import holding
from foundation.refusals import Refusal
from groups.models import Decision, DecisionStatus, Group, PaperRecord
from groups.rules.decisions import open_now
from groups.rules.groups import ran, running
from groups.rules.hidden import place


def writing_down(group: Group, by: Member, decision: Decision | None = None) -> Refusal | None:
    """Recording: whoever writes minutes, even of a group that has ended, however it decided.

    `decision`: the proposal it was about, which must be open.
    """
    if decision is not None and (refusal := open_now(decision)) is not None:
        return refusal
    if decision is not None and decision.caucus:
        return Refusal(
            _("What is said to this proposal, nobody reads."),
            _("It ends by itself. What the group decided besides can be written down."),
        )
    return None if ran(group, by) else running(group, by)


def adding_to_paper(decision: Decision, by: Member) -> Refusal | None:
    """Adding to it: while it does not count yet."""
    return _not_counting(decision) or writing_down(decision.group, by)


def _not_counting(decision: Decision) -> Refusal | None:
    if decision.may_become(DecisionStatus.OPEN):
        return None
    return Refusal(
        _("This decision stands as it is."), _("The group can decide something new about it.")
    )


def attesting(
    decision: Decision,
    record: PaperRecord,
    by: Member,
    *,
    voted: bool,
    barred: Refusal | None = None,
) -> Refusal | None:
    """`voted`: `by` had a vote on the day of the decision, or has one today."""
    if (refusal := _not_counting(decision) or barred) is not None:
        return refusal
    if record.attested_on is not None or not record.needs_two:
        return Refusal(_("This has been confirmed."), _("You need not do anything."))
    if record.recorded_by_id == by.pk:
        return Refusal(_("You wrote this down yourself."), _("A second person has to confirm it."))
    if voted:
        return None
    return Refusal(
        _("Only people who vote in this group can confirm what it decided."),
        _("Ask one of those who were there."),
    )


def taking_back_paper(
    decision: Decision, record: PaperRecord, by: Member, *, voted: bool
) -> Refusal | None:
    """Deleting it while it does not count: people who write minutes, and its voting members.

    A legal hold keeps it: what it says of the objections stands nowhere else.
    """
    if refusal := _not_counting(decision):
        return refusal
    takes_part = voted or place(decision.group, by).voting
    if not takes_part and (refusal := writing_down(decision.group, by)):
        return refusal
    return holding.deleting(
        by.agency,
        by.agency.today(),
        people=people_of(decision, record),
        groups=[decision.group_id],
        day=decision.decided_on,
    )


def people_of(decision: Decision, record: PaperRecord) -> Iterator[int]:
    yield record.recorded_by_id
    if record.attested_by_id is not None:
        yield record.attested_by_id
    yield from decision.positions.values_list("member", flat=True)
