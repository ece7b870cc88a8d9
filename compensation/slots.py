"""The last payment and what waits to be approved or paid; the hourly rate; pay on paper."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.anybody import kept
from accounts.models import Member
from compensation.budget import rules as budget_rules
from compensation.claims import rules as claim_rules
from compensation.claims.models import Claim, ClaimQuerySet
from compensation.claims.queue import totals_of
from compensation.deputies.presenting import desk_words
from compensation.deputies.reading import deputies_of
from compensation.deputies.rules import seeing_deputies
from compensation.other_work.rules import asked_about, orienting, rates_of_orientation
from compensation.parts import rules as parts_rules
from compensation.payees import rules as payee_rules
from compensation.payees.models import NamedPayee
from compensation.payments import rules
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from compensation.plan.rates import table
from compensation.plan.words import others_shown
from compensation.questions.rules import asking_for
from compensation.receiving.rules import telling_for
from compensation.same_day.models import DayFund
from compensation.same_day.rules import seeing_differences
from foundation import prepared, slots
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.models import Agency, TenantQuerySet
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import Group, Meeting, MeetingStatus


def _last_payment(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    url = at(request.agency, "compensation:my_payments")
    for payment in kept(_payment, request.member, request.agency.today()):
        return "compensation/payments/home.html", {"payment": payment, "url": url}
    return None


def _payment(member: Member, on: date) -> TenantQuerySet[Payment]:
    mine = Payment.objects.within(member.agency).filter(member=member, reversed_on=None)
    return mine.select_related("donated_to").order_by("-paid_on", "-pk")[:1]


def _queues(request: AgencyRequest, subject: object) -> slots.Filled | None:
    """What the reader could approve or pay now, in all."""
    member = request.member
    shown = (claim_rules.may_approve(member), rules.may_pay(member))
    if not any(shown):
        return None
    approving, paying = totals_of(member, _approvable, _payable)
    deputies = kept(deputies_of, member, member.agency.today(), ruled=False)
    standing_in = [desk_words(each, member) for each in deputies]
    queues = {
        "standing_in": standing_in,
        "approving": approving if shown[0] else None,
        "paying": paying if shown[1] else None,
    }
    return "compensation/claims/queues.html", queues


def _approvable(reader: Member) -> ClaimQuerySet:
    return Claim.objects.within(reader.agency).approvable_by(reader)


def _payable(reader: Member) -> ClaimQuerySet:
    return Claim.objects.within(reader.agency).payable_by(reader)


def _rate(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    plan = PlanVersion.objects.within(request.agency).in_force(request.agency.today()).first()
    if plan is None:
        return None
    return "compensation/plan/rate.html", {"plan": plan, "others": others_shown(table(plan))}


def _other_work(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    """Preparation and travel, once a meeting was held and if the plan of its day pays them."""
    assert isinstance(subject, Meeting)
    if subject.status != MeetingStatus.HELD:
        return None
    if group_rules.recording(subject, request.member) is not None:
        return None
    if not asked_about(request.agency, subject.on):
        return None
    url = at(request.agency, "compensation:other_work", pk=subject.pk)
    return "compensation/other_work/beside.html", {"url": url}


def _orientations(request: AgencyRequest, subject: Any) -> slots.Filled | None:
    """The way to who had an orientation, for those who run the group and if the plan pays it."""
    group = subject if isinstance(subject, Group) else subject.group
    if orienting(group, request.member) is not None:
        return None
    url = at(request.agency, "compensation:orientations", pk=group.pk)
    return "compensation/other_work/in_group.html", {"url": url}


def _on_paper(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    """Writing down what somebody without a way to sign in said about a payment."""
    assert isinstance(subject, Member)
    came, question, cost, payee, parts = (
        at(request.agency, page, pk=subject.pk) if refusal is None else ""
        for page, refusal in (
            ("compensation:came_for", telling_for(subject, request.member)),
            ("compensation:ask_for", asking_for(subject, request.member)),
            ("compensation:claim_cost_for", claim_rules.claiming_on_paper(subject, request.member)),
            ("compensation:payee_for", _payee_on_paper(subject, request.member)),
            ("compensation:parts_for", _parts_on_paper(subject, request.member)),
        )
    )
    links = {"came": came, "question": question, "cost": cost, "payee": payee, "parts": parts}
    return ("compensation/mine/on_paper.html", links) if any(links.values()) else None


def _parts_on_paper(subject: Member, by: Member) -> Refusal | None:
    return Refusal("") if subject.pk == by.pk else parts_rules.wishing(subject, by)


def _payee_on_paper(subject: Member, by: Member) -> Refusal | None:
    """Never one's own, which has a page of its own."""
    if subject.pk == by.pk:
        return Refusal("")
    return payee_rules.writing_for(subject, by) or payee_rules.naming(subject, by)


def _payee(request: AgencyRequest, subject: object) -> slots.Filled | None:
    """On the page that asks to be erased: naming who gets what is still owed, if anything is."""
    member = request.member
    named = NamedPayee.objects.within(request.agency).filter(member=member).exists()
    if not named and payee_rules.naming(member, member) is not None:
        return None
    return "compensation/payees/before_erasing.html", {"named": named}


def _of_committee(request: AgencyRequest, subject: Any) -> slots.Filled | None:
    """Rules of pay set aside, money of meetings that did not come out even, orientations.

    One query.
    """
    agency, member = request.agency, request.member
    sees = seeing_differences(member) is None
    runs = group_rules.running(subject.group, member) is None
    if not (sees or runs):
        return None
    values = {"agency": agency.pk, "day": agency.today()}
    ((differing, pays),) = prepared.of_agency(_of_committees).tuples(values)
    url = at(agency, "compensation:orientations", pk=subject.group_id) if runs and pays else ""
    return "compensation/committee.html", {"n": differing, "sees": sees, "url": url}


def _of_committees(agency: Agency) -> QuerySet[Agency, Any]:
    """How many funds differ, and whether orientations are paid on a day that is passed."""
    funds = DayFund.objects.within(agency).differing().order_by().values("agency")
    return Agency.objects.filter(pk=agency.pk).values_list(
        Coalesce(Subquery(funds.annotate(n=Count("pk")).values("n")), 0),
        Exists(rates_of_orientation(agency, prepared.DAY)),
    )


def _deputies(request: AgencyRequest, subject: object) -> slots.Filled | None:
    if seeing_deputies(request.member) is not None:
        return None
    return "compensation/deputies/link.html", {}


slots.register("oversight.committee", _of_committee)
slots.register("accounts.people", _deputies)


def _budget(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    if budget_rules.seeing(request.member) is not None:
        return None
    return "compensation/budget/from_plan.html", {"url": at(request.agency, "compensation:budget")}


slots.register("accounts.member", _on_paper)
slots.register("privacy.erase_me", _payee)
slots.register("compensation.plan", _budget)
slots.register("groups.meeting", _other_work)
for place in ("groups.group", "cells.cell"):
    slots.register(place, _orientations)
slots.register("home", _last_payment)
slots.register("beside", _last_payment)
slots.register("desk", _queues)
slots.register("accounts.invitation", _rate)
