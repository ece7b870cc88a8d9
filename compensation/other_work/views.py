"""What each person who came did besides, for whoever records the meeting."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compensation.other_work import actions, rules
from compensation.other_work.forms import OtherWorkForm
from compensation.other_work.models import OtherWork
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from groups.finding import meeting_of
from groups.models import Attendance


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
