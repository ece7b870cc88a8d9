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
from groups.actions.calls import calls_for, meetings_to_call_for, results_of, to_call
from groups.finding import meeting_of
from groups.forms.calls import CallsForm
from groups.models import CallResult
from groups.presenting.calls import by_meeting, by_person, in_the_list, ways


def calls(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who to call about a meeting, what to say, and whom one reached; each look is logged."""
    found, reader = meeting_of(request, pk), request.member
    enforce(rules.arranging(found, reader))
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
    """The sheets of the coming days, for who runs groups."""
    page = page_of(request, meetings_to_call_for(request.member))
    calls = calls_for(list(page), request.member)
    rows = [in_the_list(each) for each in calls]
    anybody = any(each.people for each in calls)
    context = {"page": page, "rows": rows, "anybody": anybody}
    return render(request, "groups/calls_this_week.html", context)


@require_safe
def print_calls(request: AgencyRequest) -> HttpResponse:
    """All sheets of the coming days on one page, to print: by meeting, or by person."""
    reader = request.member
    page = page_of(request, meetings_to_call_for(reader))
    calls = calls_for(list(page), reader)
    people = {person.pk: person for each in calls for person in each.people}
    access.log_all(by=reader, about=people.values(), what="calls")
    each_person = request.GET.get("by") == "person"
    sheets = by_person if each_person else by_meeting
    return render(
        request,
        "groups/print_calls.html",
        {
            "page": page,
            "sheets": sheets(calls, _ways(list(people.values()), reader)),
            "by_person": each_person,
            "results": CallResult.labels,
            "reader": reader,
        },
    )
