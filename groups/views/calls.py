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
from groups.actions.calls import meetings_to_call_for, results_of, to_call
from groups.finding import meeting_of
from groups.forms.calls import CallsForm


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
    reads = seeing_people(reader) is None
    return {
        each.pk: each.contact if reads and each.contact else _("Ask at the desk") for each in people
    }


@require_safe
def calls_this_week(request: AgencyRequest) -> HttpResponse:
    """The sheets of the coming days, for who runs groups."""
    rows = meetings_to_call_for(request.member)
    return render(request, "groups/calls_this_week.html", {"page": page_of(request, rows)})
