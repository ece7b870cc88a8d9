"""Decisions taken in a room: recorded, completed, confirmed, deleted."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.pages import render, submit
from foundation.presenting import written
from foundation.refusals import enforce
from groups import actions, decision_facts, rules
from groups.finding import decision_of, group_of
from groups.forms.paper import PaperDayForm, PaperForm, SaidForm
from groups.models import (
    Decision,
    DecisionStatus,
    Group,
    Meeting,
    MeetingStatus,
    PaperRecord,
    Seat,
)
from groups.of_proposal import back_to, with_words


def _day(request: AgencyRequest, group: Group) -> tuple[PaperDayForm, date]:
    """The requested day, otherwise that of the group's last meeting, otherwise today."""
    today = request.agency.today()
    form = PaperDayForm(request.GET if "day" in request.GET else None, today=today)
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["day"]
    meetings = Meeting.objects.within(request.agency).filter(group=group, on__lte=today)
    last = meetings.exclude(status=MeetingStatus.CANCELLED).order_by("-on").first()
    day = last.on if last else today
    return (form if form.is_bound else PaperDayForm(initial={"day": day}, today=today)), day


def _people(
    request: AgencyRequest, group: Group, day: date
) -> tuple[list[Member], TenantQuerySet[Member]]:
    """People who had a vote on that day, and everybody else who may have been there."""
    seats = Seat.objects.within(request.agency).on(day).voting().filter(group=group)
    rows = seats.select_related("member").order_by("member__shown_name", "pk")
    voters = [seat.member for seat in rows]
    others = Member.objects.within(request.agency).filter(erased_at=None)
    if not rules.choosing_from_all(request.member):
        # Names readable in groups; the list of people is private.
        seated = Seat.objects.within(request.agency).filter(group=group)
        others = others.filter(pk__in=seated.values("member"))
    known = {member.pk for member in voters}
    return voters, others.exclude(pk__in=known).order_by("shown_name")


def write_down(request: AgencyRequest, pk: int) -> HttpResponse:
    """Record a decision that was never a proposal in the portal."""
    group = group_of(request, pk)
    enforce(rules.writing_down(group, request.member))
    return _write_down(request, group, None)


def decided_on_paper(request: AgencyRequest, pk: int) -> HttpResponse:
    """Record how the group decided an open proposal in a room."""
    found = decision_of(request, pk)
    enforce(rules.writing_down(found.group, request.member, found))
    return _write_down(request, found.group, found)


def _write_down(request: AgencyRequest, group: Group, decision: Decision | None) -> HttpResponse:
    asked, day = _day(request, group)
    voters, others = _people(request, group, day)
    if decision is not None:
        # Nobody may enter a position for members who entered their own.
        own = decision.positions.filter(
            round=decision.round, replaced_at=None, entered_by=None
        ).values_list("member", flat=True)
        voters = [member for member in voters if member.pk not in set(own)]
    form = PaperForm.from_request(
        request,
        day=day,
        agency=request.agency,
        voters=voters,
        others=others,
        reworded=decision is not None,
    )

    def act(form: PaperForm) -> tuple[str, str]:
        made = actions.write_down(
            group, on=day, said=form.said, **form.record, by=request.member, decision=decision
        )
        address = at(request.agency, "groups:decision", pk=made.pk)
        return address, _("Thank you. It is written down.")

    return submit(request, form, act) or render(
        request,
        "groups/write_down.html",
        {"form": form, "asked": asked, "day": day, "group": group, "decision": decision},
    )


def add_to_paper(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    enforce(rules.adding_to_paper(found, request.member))
    voters, others = _people(request, found.group, found.decided_on or request.agency.today())
    present = found.positions.filter(round=found.round, replaced_at=None)
    own = set(present.filter(entered_by=None).values_list("member", flat=True))
    said = dict(present.values_list("member", "choice"))
    form = SaidForm.from_request(
        request,
        voters=[member for member in voters if member.pk not in own],
        others=others,
        initial={
            "waiver": found.waiver,
            **{f"said_{member}": choice for member, choice in said.items()},
        },
    )

    def act(form: SaidForm) -> tuple[str, str]:
        waiver = form.cleaned_data["waiver"]
        actions.add_to_paper(found, said=form.said, waiver=waiver, by=request.member)
        return at(request.agency, "groups:decision", pk=pk), _("Thank you. It is written down.")

    return submit(request, form, act) or render(
        request, "groups/add_to_paper.html", {"form": form, "decision": found, "group": found.group}
    )


def attest(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    record = get_object_or_404(PaperRecord.objects.within(request.agency), decision=found)
    enforce(decision_facts.attesting(record, found, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.attest(found, by=request.member)
        return at(request.agency, "groups:decision", pk=pk), _("Thank you. You confirmed it.")

    on = written(found.decided_on) if found.decided_on else ""
    return ask(
        request,
        form,
        act,
        title=_("Confirm the decision"),
        text=[
            _(
                "Do you know that the group decided this on %(day)s? Then confirm it. Your name "
                "stays with it."
            )
            % {"day": on}
        ],
        button=_("Confirm the decision"),
        **with_words(request, found),
    )


def take_back(request: AgencyRequest, pk: int) -> HttpResponse:
    found = decision_of(request, pk)
    record = get_object_or_404(PaperRecord.objects.within(request.agency), decision=found)
    enforce(decision_facts.taking_paper_back(found, record, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        taken = actions.take_back_paper(found, by=request.member)
        open_again = taken.status == DecisionStatus.OPEN
        words = _("The proposal is open again.") if open_again else _("The record is taken back.")
        return at(request.agency, "groups:decision", pk=pk), words

    return ask(
        request,
        form,
        act,
        title=_("Take the record back"),
        about=found.title,
        text=[
            _(
                "Do this if the group did not decide so. The others in the group are told. A "
                "proposal that was open before is open again."
            )
        ],
        button=_("Take the record back"),
        kind="warning",
        **back_to(request, found),
    )
