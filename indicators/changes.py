"""Which indicators an event can change: one table, for all events of the house.

An event that is in no line can change every indicator. When a criterion reads something else, add
its indicator to the lines of the events that change it. `tests/indicators/test_changes.py` looks
for a line that lacks one.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from foundation import policies
from foundation.models import Event
from indicators import registry
from indicators.registry import Indicator

EVERY: Final = ("",)
"""What a mark says when all indicators may have changed."""

DOCUMENTS = ("mission", "process", "oversight")  # the charter is the committee's
DECIDED = (*DOCUMENTS, "compensation")  # bodies decide on documents and on the payment plan
SEATS = ("membership", "compensation", "satisfaction", "oversight")
PEOPLE = (*SEATS, "dialogues")
POLICY = "policy.changed"

_LINES: tuple[tuple[tuple[str, ...], str], ...] = (
    (EVERY, "agency.founded agency.zone_changed member.erased"),
    (EVERY, "retention.destroyed retention.undone"),
    (PEOPLE, "member.changed member.entered member.leave_taken_back member.left member.returned"),
    (PEOPLE, "standing.ended standing.written"),
    (SEATS, "seat.changed seat.confirmed seat.ended seat.filled duty.handed_over"),
    (PEOPLE, "group.changed group.closed group.closing_taken_back group.opened"),
    (PEOPLE, "group.joined_cqi group.left_cqi"),
    (PEOPLE, "dialogue.advanced dialogue.closed dialogue.opened"),
    (PEOPLE, "cell.closed cell.opened"),
    (PEOPLE, "meeting.cancelled meeting.changed meeting.held meeting.not_held minutes.recorded"),
    (PEOPLE, "series.cancelled series.changed"),
    (PEOPLE, "attendance.corrected attendance.recorded attendance.voided"),
    (DOCUMENTS, "document.drafted document.edited document.in_force document.proposed"),
    (DOCUMENTS, "document.rated document.ratified"),
    (DECIDED, "decision.adopted decision.attested decision.not_adopted decision.overtaken"),
    (DECIDED, "decision.taken_back decision.waived decision.withdrawn"),
    (("compensation",), "payment.adjusted payment.approval_undone payment.approved"),
    (("compensation",), "payment.claimed payment.corrected payment.earned"),
    (("compensation",), "payment.elected payment.offered payment.paid payment.refused"),
    (("compensation",), "payment.left_for_later"),
    (("compensation",), "payment.returned payment.reversed payment.withdrawn"),
    (("compensation",), "payment_plan.adopted payment_plan.drafted payment_plan.edited"),
    (("compensation",), "payment_plan.attested payment_plan.proposed payment_plan.ratified"),
    (("compensation",), "way.changed way.denied"),
    ((), "payment_plan.denied payment_plan.put"),
    (("dialogues",), "theme.answered theme.disposed theme.grew theme.harvested"),
    (("dialogues",), "theme.taken_to_cell words.looked_at"),
    # Accepting an invitation writes the member's row, which says since when somebody is a member.
    (("satisfaction",), "invitation.accepted"),
    (("satisfaction",), "survey.closed survey.extended survey.lost survey.opened"),
    (("satisfaction",), "survey.sheets_printed reflection.released"),
    ((), "reflection.written"),
    (("oversight",), "finding.recorded recommendation.closed recommendation.made"),
    (("oversight",), "response.accepted response.given response.returned"),
    (("oversight",), "recommendation.not_done response.reported"),
    ((), "recommendation.escalated committee_step.dropped committee_step.prepared"),
    ((), "minutes.added_to minutes.approved"),
    (("oversight",), "review.closed review.opened"),
    ((), "account.asked account.begun account.given_back account.out account.released"),
    ((), "account.replied account.written"),
    # What follows changes what people may do, see or say, or what a cell works on.
    ((), "access.paused access.prolonged access.resumed pause.reviewed role.ended role.granted"),
    ((), "agenda.added agenda.taken_off conflict.disclosed position.taken meeting.planned"),
    ((), "calendar_feed.ended calendar_feed.made series.planned"),
    ((), "poll.entered poll.opened poll.settled"),
    ((), "text.sent texts.asked texts.chosen texts.confirmed texts.stopped"),
    ((), "agency.made_real agency.part2_said agreement.ended agreement.recorded"),
    ((), "books.asked books.closed books.disagree books.taken_back employment.decided"),
    ((), "day_fund.approved day_fund.confirmed day_fund.counted day_fund.handed_out"),
    ((), "deputy.ended deputy.named"),
    ((), "day_fund.taken_out day_fund.withdrawn"),
    ((), "budget_line.entered budget_line.exceeded budget_line.taken_out payment.advance_asked"),
    ((), "payment_run.dropped payment_run.prepared payment_run.released"),
    ((), "payment.advance_settled"),
    ((), "payment.found payment.got payment.missing pay_question.answered pay_question.asked"),
    ((), "pay_question.told"),
    ((), "record.broken special_case.decided tax_form.noted"),
    ((), "baseline.confirmed baseline.reopened cell.changed"),
    ((), "chart.adjusted chart.chosen chart.overridden chart.restored"),
    ((), "child.brought_back child.ended child.handed_over child.stays child.sustained"),
    ((), "concern_reader.asked concern_reader.began concern_reader.ended concern_reader.renewed"),
    ((), "concern_sheet.made concern_sheet.used"),
    ((), "consent.given consent.taken_back contribution.made"),
    ((), "cycle.changed cycle.done cycle.ended cycle.planned cycle.reconsidered"),
    ((), "alternate.agreed alternate.ended alternate.named"),
    ((), "supporter.agreed supporter.ended supporter.named"),
    ((), "away.changed away.ended away.said"),
    ((), "cycle.recorded cycle.started cycle.studied cycle.taken_away"),
    ((), "data_copy.asked data_copy.deleted datapoint.corrected datapoint.recorded"),
    ((), "datapoint.taken_back meeting.guests_counted meeting.record_undone meeting.recorded"),
    ((), "decision.amended decision.answered decision.asked decision.looked_at"),
    ((), "interest.declared"),
    ((), "decision.proposed decision.put_in_writing decision.recorded"),
    ((), "denial.answered denial.made"),
    ((), "door.closed door.opened driver.added driver.moved driver.renamed driver.taken_off"),
    ((), "email.posted erasure.mention_decided erasure.request_taken_back erasure.requested"),
    ((), "document.begun_from_starter ground_rules.acknowledged ground_rules.begun_from_starter"),
    ((), "ground_rules.set import.asked payment_plan.begun_from_starter"),
    ((), "invitation.made invitation.refused invitation.reminded invitation.revoked"),
    ((), "list.attested"),
    # Indicators of an agency's own are worked out when they are read.
    ((), "local_indicator.attested local_indicator.begun local_indicator.changed"),
    ((), "local_indicator.published local_indicator.retired local_indicator.tested"),
    ((), "legal_hold.ended legal_hold.set"),
    ((), "legal_order.answered legal_order.entered legal_order.told"),
    ((), "measure.defined measure.handed_over measure.redefined measure.retired"),
    ((), "motion.answered no_contact.ended no_contact.known no_contact.recorded"),
    ((), "no_contact.reviewed organization.listed organization.taken_off"),
    # The payment lines that follow have events of their own.
    ((), "other_work.recorded other_work.voided"),
    ((), "named_payee.named named_payee.owed named_payee.settled named_payee.taken_back"),
    ((), "opportunity.asked opportunity.chosen opportunity.closed opportunity.declined"),
    ((), "opportunity.entered opportunity.joined opportunity.merged opportunity.not_yet"),
    ((), "opportunity.parked opportunity.raised opportunity.ranked opportunity.split"),
    ((), "opportunity.split_off opportunity.taken_up_again"),
    ((), "outside_contact.ended outside_contact.entered"),
    ((), "parts_wish.changed"),
    ((), "plan.activated plan.begun plan.changed plan.finished plan.lasting plan.reviewed"),
    ((), "plan.slipped plan.stopped reader.changed reader.ended reader.named"),
    ((), "resolution.attested resolution.denied resolution.entered"),
    ((), "retention.announced retention.changed retention.turned"),
    ((), "round.cancelled round.closed round.extended"),
    ((), "round.gathering round.opened round.recorded round.talking"),
    ((), "seat.declined seat.offer_withdrawn seat.offered"),
    ((), "step.added step.changed step.done step.dropped step.given step.reopened step.started"),
)


def _table() -> Iterator[tuple[str, tuple[str, ...]]]:
    for codes, names in _LINES:
        for name in names.split():
            yield name, codes


CHANGES: Mapping[str, tuple[str, ...]] = dict(_table())


def changed_by(event: Event) -> tuple[str, ...]:
    """The codes of the indicators that the event can change; `EVERY` if it may be any."""
    if event.name == POLICY:
        return _judged_by(event.data.get("policy"))
    return CHANGES.get(event.name, EVERY)


def _judged_by(code: object) -> tuple[str, ...]:
    try:
        policy = policies.find(str(code))
    except LookupError:
        return EVERY
    return tuple(each.code for each in registry.judged_by(policy))


def stale(marks: Collection[str]) -> tuple[Indicator, ...]:
    """The indicators that these marks speak of, in order."""
    return tuple(
        each for each in registry.registered() if not {each.code, *EVERY}.isdisjoint(marks)
    )
