"""Agenda items of a meeting."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import Member, MemberQuerySet
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.refusals import enforce
from foundation.templatetags.components import day
from groups import actions, rules
from groups.finding import meeting_of
from groups.forms import AgendaForm
from groups.models import AgendaItem, Meeting, Seat


def _others(meeting: Meeting, by: Member) -> MemberQuerySet:
    seats = Seat.objects.within(meeting.agency).on(meeting.agency.today())
    members = Member.objects.within(meeting.agency).filter(
        pk__in=seats.filter(group=meeting.group_id).values("member")
    )
    return members.exclude(pk=by.pk).order_by("shown_name", "pk")


def put_on(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    enforce(rules.putting_on_agenda(found, request.member, request.member))
    runs = rules.changing(found.group, request.member) is None
    members = _others(found, request.member) if runs else None
    form = AgendaForm.from_request(request, members=members)

    def act(form: AgendaForm) -> tuple[str, str]:
        actions.put_on_agenda(found, **form.answers, by=request.member)
        return at(request.agency, "groups:meeting", pk=pk), _("It is on the agenda.")

    return ask(
        request,
        form,
        act,
        title=_("Put something on the agenda"),
        about=format_html(
            "{}\n{}", found.group.name, day(found.starts_at, weekday=True, time=True)
        ),
        button=_("Put it on the agenda"),
        **_back(request, found),
    )


def take_off(request: AgencyRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(AgendaItem.objects.within(request.agency), pk=pk)
    item.meeting = meeting_of(request, item.meeting_id)
    enforce(rules.reading(item.meeting.group, request.member))
    enforce(rules.taking_off_agenda(item, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_off_agenda(item, by=request.member)
        return at(request.agency, "groups:meeting", pk=item.meeting_id), _("It is off the agenda.")

    return ask(
        request,
        form,
        act,
        tab=_("Take this off the agenda"),
        title=_("Take this off the agenda?"),
        about=item.text,
        text=[_("You can put it on again, or on the agenda of another meeting.")],
        button=_("Take it off"),
        kind="warning",
        **_back(request, item.meeting),
    )


def _back(request: AgencyRequest, meeting: Meeting) -> Back:
    return {
        "back": at(request.agency, "groups:meeting", pk=meeting.pk),
        "back_text": _("Back to the meeting"),
    }
