"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts import access
from accounts.activity import describe

describe(
    {
        "employment.decided": _("recorded how people are paid"),
        "payment_plan.drafted": _("wrote a version of the payment plan"),
        "payment_plan.begun_from_starter": _("began the payment plan from the starter text"),
        "payment_plan.edited": _("changed a version of the payment plan"),
        "payment_plan.adopted": _("adopted the payment plan"),
        "payment_plan.put": _("wrote down that a payment plan was put in force for the founding"),
        "payment_plan.attested": _("confirmed the payment plan for the founding"),
        "payment_plan.denied": _("said that a payment plan was not decided so"),
        "payment_plan.proposed": _("asked the committee to ratify the payment plan"),
        "payment_plan.ratified": _("ratified the payment plan"),
        "other_work.recorded": _("wrote down work besides a meeting"),
        "other_work.voided": _("took work besides a meeting off the record"),
        "payment.offered": _("offered payment"),
        "payment.elected": _("chose about payment"),
        "payment.earned": _("earned a payment"),
        "payment.corrected": _("corrected a payment line"),
        "payment.claimed": _("asked for money back"),
        "payment.adjusted": _("corrected what was approved or paid"),
        "payment.withdrawn": _("took a cost back"),
        "payment.refused": _("did not approve a payment line"),
        "organization.listed": _("put an organization on the list for donations"),
        "organization.taken_off": _("took an organization off the list for donations"),
        "payment.approved": _("approved a payment"),
        "payment.approval_undone": _("took an approval back"),
        "payment.returned": _("sent a payment line back with a question"),
        "payment.paid": _("recorded a payment"),
        "payment.reversed": _("undid a payment"),
        "pay_question.asked": _("asked about their pay"),
        "pay_question.answered": _("answered a question about pay"),
        "special_case.decided": _("wrote down a rule for a special case of pay"),
        "tax_form.noted": _("wrote down whether somebody gave a form W-9"),
        "payment.got": _("said that a payment came"),
        "payment.missing": _("said that a payment did not come"),
        "payment.found": _("answered about a payment that did not come"),
        "deputy.named": _("named a deputy for somebody who approves or pays"),
        "deputy.ended": _("ended that somebody stands in"),
        "day_fund.approved": _("approved money for a meeting"),
        "day_fund.withdrawn": _("withdrew approved money for a meeting"),
        "day_fund.taken_out": _("took money out for a meeting"),
        "day_fund.handed_out": _("handed out money at a meeting"),
        "day_fund.counted": _("counted back money for a meeting"),
        "day_fund.confirmed": _("confirmed a difference in money for a meeting"),
        "budget_line.entered": _("entered a line of the budget"),
        "budget_line.taken_out": _("took a line out of the budget"),
        "payment_run.prepared": _("prepared payments"),
        "payment_run.released": _("released prepared payments"),
        "payment_run.dropped": _("dropped prepared payments"),
        "payment.advance_asked": _("asked for money before a meeting"),
        "payment.advance_settled": _("wrote down what was spent of an advance"),
        "books.asked": _("asked to close the books"),
        "books.closed": _("closed the books"),
        "books.disagree": _("found that the ledger does not agree with the payments"),
        "books.taken_back": _("left books open that somebody asked to close"),
    }
)
access.describe("payments", _("your payments"))
access.describe("payments file", _("your payments"), access.Did.TOOK_FILE)
