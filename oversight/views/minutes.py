"""Minutes of the committee: the list, one, printed; put to the committee, and added to."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evidence.presenting import seal_for
from evidence.reading import newest_before
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.paging import LONG, page_of
from foundation.presenting import written
from foundation.refusals import enforce
from groups.models import GroupKind, Meeting, MeetingStatus
from oversight import actions, rules
from oversight.actions.minutes import being_approved
from oversight.forms import AddendumForm, MinutesSearchForm, OpenMinutesForm
from oversight.minutes_presenting import (
    approved_line,
    published_page,
    readers_in_words,
    waiting_line,
    whole_page,
)
from oversight.minutes_readers import (
    MinutesRights,
    before_the_committee,
    due,
    rights_of,
    unapproved,
)
from oversight.models import ApprovedMinutes, CommitteeStep, StepState
from oversight.policies import MINUTES_WITHIN, OPEN_MEETINGS
from oversight.proposals import NOW_BEFORE_THEM, decision_page, link_to

POST_OR_GET = ["GET", "HEAD", "POST"]


@require_safe
def minutes_list(request: AgencyRequest) -> HttpResponse:
    """404 for those who may read no minutes: they don't learn whether there are any."""
    agency, today = request.agency, request.agency.today()
    rights = _rights(request)
    search = MinutesSearchForm(request.GET)
    sought = search.cleaned_data["words"] if search.is_valid() else ""
    rows = ApprovedMinutes.objects.within(agency).select_related("meeting")
    if sought:
        rows = rows.filter(open_text__icontains=sought)
    page = page_of(request, rows.order_by("-meeting__on", "-pk"))
    waiting = None
    if rights.whole:
        open_ones = unapproved(agency).annotate(
            due=due(agency, today), deciding=before_the_committee(agency)
        )
        waiting = page_of(request, open_ones.order_by("on", "pk"), parameter="waiting")
    context = {
        "page": page,
        "approved": [approved_line(each) for each in page],
        "waiting": waiting,
        "to_approve": [
            waiting_line(each, each.due, deciding=each.deciding, today=today)
            for each in waiting or ()
        ],
        "search": search if sought or page.paginator.count > LONG else None,
        "sought": sought,
        "readers": readers_in_words(rights.readers) if rights.whole else "",
    }
    return render(request, "oversight/minutes_list.html", context)


def _rights(request: AgencyRequest) -> MinutesRights:
    rights = rights_of(request.member)
    if not rights.any:
        raise Http404
    return rights


def _minutes_of(
    request: AgencyRequest, pk: int
) -> tuple[Meeting, ApprovedMinutes | None, MinutesRights]:
    """The meeting, and its minutes if they are approved; 404 unless the member may read them."""
    rights = _rights(request)
    meetings = Meeting.objects.within(request.agency).select_related("group")
    meetings = meetings.filter(group__kind=GroupKind.COMMITTEE, status=MeetingStatus.HELD)
    meeting = get_object_or_404(meetings.exclude(minutes=""), pk=pk)
    rows = ApprovedMinutes.objects.within(request.agency).filter(meeting=meeting)
    minutes = rows.select_related("meeting", "step__decision").first()
    if minutes is None and not rights.whole:
        raise Http404
    meeting.agency = meeting.group.agency = request.agency
    if minutes is not None:
        minutes.agency, minutes.meeting = request.agency, meeting
    return meeting, minutes, rights


@require_safe
def minutes(request: AgencyRequest, pk: int) -> HttpResponse:
    meeting, approved, rights = _minutes_of(request, pk)
    if not rights.whole:
        assert approved is not None
        return render(request, "oversight/minutes.html", {"minutes": published_page(approved)})
    by, today = request.member, request.agency.today()
    wears = rules.hat(by)
    step = _step(request, meeting) if approved is None else approved.step
    deciding = approved is None and step is not None
    may_prepare = rules.preparing_minutes(meeting, by, wears, deciding=deciding) is None
    shown = whole_page(
        meeting,
        approved,
        step=step,
        readers=rights.readers,
        due=meeting.on + MINUTES_WITHIN.span(request.agency, today),
        may=(may_prepare, rules.acting(by, wears) is None),
        proposal=link_to(request, step) if step is not None else None,
    )
    return render(request, "oversight/minutes.html", {"minutes": shown})


def _step(request: AgencyRequest, meeting: Meeting) -> CommitteeStep | None:
    """The proposal to approve them that the committee decides about now."""
    steps = CommitteeStep.objects.within(request.agency).filter(state=StepState.OPEN)
    return steps.filter(meeting=meeting).select_related("decision").first()


@require_safe
def print_minutes(request: AgencyRequest, pk: int) -> HttpResponse:
    """Printed: what was published, to hand out to those whom the charter names."""
    meeting, approved, _rights = _minutes_of(request, pk)
    if approved is None:
        raise Http404
    head = newest_before(request.agency, approved.approved_on)
    context = {
        "meeting": meeting,
        "minutes": published_page(approved),
        "seal": None if head is None else seal_for(request.member, head.day, head.digest),
    }
    return render(request, "oversight/print_minutes.html", context)


@require_http_methods(POST_OR_GET)
def prepare_minutes(request: AgencyRequest, pk: int) -> HttpResponse:
    """Prepare what the committee decides about the minutes, with the text for others."""
    meeting, _approved, rights = _minutes_of(request, pk)
    today = request.agency.today()
    form = OpenMinutesForm.from_request(
        request,
        agency=request.agency,
        minutes=meeting.minutes,
        asks_why=OPEN_MEETINGS.value(request.agency, today),
        initial={"version": meeting.version},
    )

    def act(form: OpenMinutesForm) -> Destination:
        version = form.cleaned_data["version"]
        step = actions.prepare_minutes(meeting, version=version, by=request.member, **form.answers)
        return decision_page(request, step), NOW_BEFORE_THEM

    if (answered := submit(request, form, act)) is not None:
        return answered
    deciding = being_approved(meeting)
    refusal = rules.preparing_minutes(
        meeting, request.member, rules.hat(request.member), deciding=deciding
    )
    enforce(refusal)
    context: dict[str, Any] = {
        "form": form,
        "meeting": meeting,
        "day": written(meeting.on),
        "readers": readers_in_words(rights.readers),
    }
    return render(request, "oversight/prepare_minutes.html", context)


@require_http_methods(POST_OR_GET)
def add_to_minutes(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write an addendum to approved minutes."""
    meeting, approved, _rights = _minutes_of(request, pk)
    if approved is None:
        raise Http404
    form = AddendumForm.from_request(request, agency=request.agency)

    def act(form: AddendumForm) -> Destination:
        actions.add_to_minutes(approved, by=request.member, **form.answers)
        return at(request.agency, "oversight:minutes", pk=pk), _("The addendum is added.")

    if (answered := submit(request, form, act)) is not None:
        return answered
    enforce(rules.acting(request.member, rules.hat(request.member)))
    context = {"form": form, "meeting": meeting, "day": written(meeting.on)}
    return render(request, "oversight/add_to_minutes.html", context)
