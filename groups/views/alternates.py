"""Somebody who steps in: named by the holder of a seat, who agrees or not, ended by either."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from groups import actions, rules
from groups.alternates import own_seat
from groups.finding import group_of, groups_of
from groups.forms.alternates import AlternateForm
from groups.models import Alternate, Group, Seat


def name_alternate(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask somebody to step in while one is away."""
    found, member = group_of(request, pk), request.member
    seat = own_seat(request.agency, found.pk, member.pk, request.agency.today())
    mine = Alternate.objects.within(request.agency).open().filter(group=found, holder=member)
    if request.method == "GET" and (now := mine.first()) is not None:
        return redirect(at(request.agency, "groups:alternate", pk=now.pk))
    form = AlternateForm.from_request(request, members=_candidates(request, found))

    def act(form: AlternateForm) -> tuple[str, str]:
        row = actions.name_alternate(found, form.answers["member"], by=member)
        return at(request.agency, "groups:alternate", pk=row.pk), _(
            "You asked them. They can say yes or no."
        )

    text = [
        _("While you are away, this person takes part in your place. They can vote for you."),
        _(
            "It has to be somebody who takes part in the same way as you. So whoever you ask can "
            "tell if you do."
        ),
        _(
            "People in the group see that this person is there. They may guess for whom, and so "
            "that you are away, and how you take part."
        ),
    ]
    return ask(
        request,
        form,
        act,
        title=_("Who steps in for you?"),
        caption=found.name,
        text=text,
        button=_("Ask them"),
        back=at(request.agency, "groups:people", pk=pk),
        back_text=_("Back to the people"),
        rule=lambda: rules.naming_alternate(found, seat, member),
    )


def _candidates(request: AgencyRequest, group: Group) -> TenantQuerySet[Member]:
    """People with a seat in some group that the reader may know of, whose names they read there."""
    today = request.agency.today()
    seats = Seat.objects.within(request.agency)
    known = seats.on(today).filter(group__in=groups_of(request))
    there = seats.filter(Q(until=None) | Q(until__gt=today), group=group)
    members = Member.objects.within(request.agency).on(today).filter(user__isnull=False)
    members = members.filter(erased_at=None, pk__in=known.values("member"))
    members = members.exclude(pk__in=there.filter(stands_in=None).values("member"))
    return members.exclude(pk=request.member.pk).order_by("shown_name", "pk")


def alternate(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say yes or no; or, once it is agreed, end it. Only the two people find this page."""
    member, today = request.member, request.agency.today()
    mine = rules.shown_alternates(member).open()
    row = get_object_or_404(mine.select_related("group", "holder", "member"), pk=pk)
    row.agency = row.group.agency = row.member.agency = request.agency
    if row.member_id == member.pk and row.accepted_on is None:
        return _asked(request, row, own_seat(request.agency, row.group_id, row.holder_id, today))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.end_alternate(row, by=member)
        return at(request.agency, "home_of"), _("Saved. Nobody steps in any more.")

    return ask(
        request,
        form,
        act,
        title=_("Stepping in: %(group)s") % {"group": row.group.name},
        text=[_state(row, member)],
        button=_("End this") if row.accepted_on else _("Take it back"),
        kind="secondary",
        cancel="",
        back=at(request.agency, "home_of"),
        back_text=_("Back to home"),
    )


def _state(row: Alternate, reader: Member) -> str:
    said = {"holder": row.holder, "name": row.member, "group": row.group.name}
    if row.member_id == reader.pk:
        return _("You step in for %(holder)s whenever they are away.") % said
    if row.accepted_on is None:
        return _("You asked %(name)s. They have not answered yet.") % said
    return _("%(name)s steps in for you whenever you are away.") % said


def _asked(request: AgencyRequest, row: Alternate, seat: Seat | None) -> HttpResponse:
    member = request.member
    form = PortalForm.from_request(request)
    refusal = rules.agreeing_to_step_in(row, seat, member)

    def act(form: PortalForm) -> tuple[str, str]:
        if "no" in request.POST or refusal is not None:
            actions.end_alternate(row, by=member)
            return at(request.agency, "home_of"), _("Thank you. We tell them.")
        actions.agree_to_step_in(row, by=member)
        url = at(request.agency, "groups:alternate", pk=row.pk)
        return url, _("Thank you. You step in whenever they are away.")

    said = {"holder": row.holder, "group": row.group.name}
    text = [
        _("%(holder)s asks you to take part in %(group)s whenever they are away.") % said,
        _("Then you see what people in this group see. You are paid like anyone."),
        _("If you say yes, %(holder)s can tell that you take part in the same way.") % said,
        _("People in the group may guess for whom you are there, and how you take part."),
    ]
    if refusal is not None:
        text = [str(refusal.reason), str(refusal.instead)]
    return ask(
        request,
        form,
        act,
        title=_("Will you step in for %(holder)s?") % said,
        text=text,
        button=_("Say no") if refusal is not None else _("Yes, I will"),
        secondary="" if refusal is not None else _("No"),
        secondary_name="no",
        back=at(request.agency, "home_of"),
        back_text=_("Back to home"),
    )
