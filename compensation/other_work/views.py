"""Work besides meetings, for whoever records the meeting or runs the group."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Member, MemberQuerySet
from compensation.other_work import actions, rules
from compensation.other_work.forms import OrientationForm, OtherWorkForm, first_orientation
from compensation.other_work.models import OtherWork
from compensation.other_work.presenting import HEAD, orientation_rows
from compensation.other_work.reading import orientations_of, seated_in
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from groups import rules as group_rules
from groups.finding import group_of, groups_of, meeting_of
from groups.models import Attendance, Seat


@require_http_methods(["GET", "HEAD", "POST"])
def other_work(request: AgencyRequest, pk: int) -> HttpResponse:
    """Minutes of each kind that the plan pays, person by person."""
    agency = request.agency
    meeting = meeting_of(request, pk)
    asked = rules.asked_about(agency, meeting.on)
    enforce(rules.recording(meeting, request.member, asked))
    attendances = Attendance.objects.within(agency).filter(meeting=meeting)
    people = [row.member for row in attendances.select_related("member").order_by("pk")]
    for member in people:
        member.agency = agency
    rows = OtherWork.objects.within(agency).of_meeting(meeting).standing()
    form = OtherWorkForm.from_request(
        request,
        came=people,
        asked=asked,
        known={(row.member_id, row.work): row.hours for row in rows},
    )

    def act(form: OtherWorkForm) -> tuple[str, str]:
        actions.enter(meeting, done=form.done, by=request.member)
        return at(agency, "groups:meeting", pk=pk), _("Saved. Payment follows from it.")

    return submit(request, form, act) or render(
        request,
        "compensation/other_work/other_work.html",
        {"form": form, "meeting": meeting, "kinds": [work.label for work in asked]},
    )


@require_safe
def orientations(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who in a group had an orientation, for whoever runs it, also while no plan pays it."""
    group = group_of(request, pk)
    enforce(group_rules.running(group, request.member))
    refusal = rules.orienting(group, request.member)
    page = page_of(request, list(seated_in(group, request.agency.today())))
    people = orientations_of(group, list(page))
    return render(
        request,
        "compensation/other_work/orientations.html",
        {
            "group": group,
            "page": page,
            "head": HEAD,
            "rows": orientation_rows(people, group, request.member, paid=refusal is None),
            "refusal": refusal,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def orientation(request: AgencyRequest, pk: int, member: int) -> HttpResponse:
    """Write down, correct or take back the orientation of one person for a group."""
    agency, by = request.agency, request.member
    group = group_of(request, pk)
    enforce(rules.orienting(group, by))
    people = seated_in(group, agency.today())
    held = OtherWork.objects.within(agency).orientations(group)
    everybody = Member.objects.within(agency)
    known = everybody.filter(Q(pk__in=people.values("pk")) | Q(pk__in=held.values("member")))
    person = get_object_or_404(known, pk=member)
    person.agency = agency
    row = held.filter(member=person).select_related("given_by").first()
    form = OrientationForm.from_request(
        request, people=_givers(request, person), initial=first_orientation(row, by)
    )
    back = at(agency, "compensation:orientations", pk=pk)

    def act(form: OrientationForm) -> tuple[str, str]:
        if "take_back" in request.POST:
            actions.take_back_orientation(group, person, by=by)
            return back, _("It is off the record.")
        actions.orient(group, person, by=by, **form.answers)
        return back, _("Saved. Payment follows from it.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.orienting_member(group, person, by),
        title=_("Orientation of %(name)s") % {"name": person},
        text=[
            _(
                "Somebody showed them how %(group)s works. Write it down once. It is paid at the "
                "rate of that day, for everyone whom the plan pays."
            )
            % {"group": group.name}
        ],
        button=_("Save"),
        secondary=_("Take it off the record") if row is not None else "",
        secondary_name="take_back",
        back=back,
    )


def _givers(request: AgencyRequest, person: Member) -> MemberQuerySet:
    """Who could have given it: whose names the reader knows from groups, or may choose from all."""
    members = Member.objects.within(request.agency).on(request.agency.today())
    if not group_rules.choosing_from_all(request.member):
        seats = Seat.objects.within(request.agency).filter(group__in=groups_of(request))
        known = Q(pk__in=seats.values("member")) | Q(pk=request.member.pk)
        members = members.filter(known)
    return members.exclude(pk=person.pk).order_by("shown_name", "pk")
