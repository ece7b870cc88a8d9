"""Calling people who get no message about a meeting: the sheet, and what came of it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Member
from accounts.rules import seeing_people
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from groups import actions, rules
from groups.actions.absences import tells_absences, that_tell, that_told
from groups.actions.calls import (
    calls_for,
    left_out,
    left_out_of,
    meetings_to_call_for,
    results_of,
    to_call,
)
from groups.finding import meeting_of
from groups.forms.calls import CallsForm
from groups.models import CallResult
from groups.presenting.calls import by_meeting, by_person, in_the_list, ways


def calls(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who to call about a meeting, what to say, and whom one reached; each look is logged."""
    found, reader = meeting_of(request, pk), request.member
    enforce(rules.arranging(found, reader))
    refusal = rules.calling(found, reader)
    if refusal is None and not tells_absences(found):
        refusal = rules.TOO_MANY_DATES
    if request.method == "POST":
        enforce(refusal)
    if refusal is not None:
        return render(request, "groups/calls.html", {"meeting": found, "refusal": refusal})
    people = list(to_call(found))
    form = CallsForm.from_request(
        request, people=people, ways=_ways(people, reader), results=results_of(found)
    )
    here = at(request.agency, "groups:calls", pk=pk)

    def act(form: CallsForm) -> tuple[str, str]:
        actions.note_calls(found, results=form.results, by=reader)
        return here, _("Saved.")

    answer = submit(request, form, act)
    if answer is not None:
        return answer
    access.log_all(by=reader, about=people, what="calls")
    access.log_all(by=reader, about=left_out(found), what="not expected")
    return render(
        request,
        "groups/calls.html",
        {"form": form, "meeting": found, "people": people, "reader": reader},
    )


def _ways(people: list[Member], reader: Member) -> dict[int, str]:
    """What people gave as another way to reach them, for who may read it; else the desk."""
    return ways(people, reads=seeing_people(reader) is None)


@require_safe
def calls_this_week(request: AgencyRequest) -> HttpResponse:
    """The sheets of the coming days, for who runs groups.

    How many are left to call is told only of sheets that were opened: it tells who is away.
    """
    page = page_of(request, meetings_to_call_for(request.member))
    ready = [each for each in page if rules.ready_to_call(each)]
    calls = {each.meeting.pk: each for each in calls_for(that_told(ready), request.member)}
    rows = [in_the_list(each, calls.get(each.pk), ready=each in ready) for each in page]
    context = {"page": page, "rows": rows, "anybody": bool(ready)}
    return render(request, "groups/calls_this_week.html", context)


@require_safe
def print_calls(request: AgencyRequest) -> HttpResponse:
    """All sheets of the coming days on one page, to print: by meeting, or by person."""
    reader = request.member
    page = page_of(request, meetings_to_call_for(reader))
    told = that_tell([each for each in page if rules.ready_to_call(each)])
    calls = calls_for(told, reader)
    people = {person.pk: person for each in calls for person in each.people}
    access.log_all(by=reader, about=people.values(), what="calls")
    access.log_all(by=reader, about=left_out_of(told, reader), what="not expected")
    each_person = request.GET.get("by") == "person"
    sheets = by_person if each_person else by_meeting
    return render(
        request,
        "groups/print_calls.html",
        {
            "page": page,
            "all_shown": len(told) == len(page),
            "sheets": sheets(calls, _ways(list(people.values()), reader)),
            "by_person": each_person,
            "results": CallResult.labels,
            "reader": reader,
        },
    )
