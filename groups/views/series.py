"""Series of meetings: planned, moved and called off, each after a look at the dates."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.addresses import at
from foundation.asking import Back, show
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from groups import actions, recurrence, rules
from groups.actions.series import following, planned_of, stamp
from groups.finding import group_of, meeting_of, series_of
from groups.forms.series import SeenForm, SeriesForm, SeriesMoveForm
from groups.models import Group, Meeting, MeetingStatus
from groups.presenting.series import SeriesDate, dates, how_many, told
from groups.scheduling import Foresight, foreseen
from groups.seated import seated

# The buttons of the page that lists the dates.
SAVE, CHANGE = "save", "change"


def _told(request: AgencyRequest, group: Group) -> str:
    others = seated(group, request.agency, request.agency.today()).exclude(pk=request.member.pk)
    return told(others.count())


@require_safe
def series(request: AgencyRequest, pk: int) -> HttpResponse:
    found = series_of(request, pk)
    rows = found.meetings.exclude(status=MeetingStatus.CANCELLED).order_by("starts_at", "pk")
    return render(
        request,
        "groups/series.html",
        {
            "series": found,
            "group": found.group,
            "words": recurrence.words(found),
            "meetings": page_of(request, rows),
        },
    )


def plan_series(request: AgencyRequest, pk: int) -> HttpResponse:
    group = group_of(request, pk)
    enforce(rules.entering(group, request.member, past=False))
    initial = {"minutes_planned": 60, "starts_at": request.GET.get("first")}
    form = SeriesForm.from_request(request, agency=request.agency, initial=initial)

    def act(form: SeriesForm) -> Destination:
        answers = {
            name: value for name, value in form.answers.items() if name not in ("times", "until")
        }
        made = actions.plan_series(group, **answers, by=request.member)
        return at(request.agency, "groups:series", pk=made.pk), _("The meetings are planned.")

    saving = SAVE in request.POST
    showing = form.is_bound and CHANGE not in request.POST and not form.found_fault
    found: list[Foresight] = []
    if showing:
        answers = form.cleaned_data
        days = answers["days"] if saving else form.all_days
        found = foreseen(group, request.agency, days, answers["minutes_planned"])
        form.ask_why(found, saving=saving)
    if saving and (answer := submit(request, form, act)):
        return answer
    if showing:
        planned = planned_of(group, request.agency.today())
        form.show(stamp(planned))
        starts_at = form.cleaned_data["starts_at"]
        listed = dates(form.all_days, starts_at, request.agency.zone, planned=planned)
        form.tick(
            [
                (on.isoformat(), each.words, each.hint)
                for on, each in zip(form.all_days, listed, strict=True)
            ],
            everything=not saving,
        )
        return _look(
            request,
            group,
            form,
            title=_("Look at the dates"),
            button=_("Plan these meetings"),
            foreseen=found,
            back=at(request.agency, "groups:plan_series", pk=pk),
        )
    form.before_the_dates()
    return show(
        request,
        form,
        title=_("Plan a series of meetings"),
        text=[_("You see all dates before anything is saved.")],
        button=_("Show the dates"),
        back=at(request.agency, "groups:meetings", pk=pk),
        back_text=_("Back to the meetings"),
    )


def _look(
    request: AgencyRequest,
    group: Group,
    form: PortalForm,
    *,
    title: str,
    button: str,
    back: str,
    listed: list[SeriesDate] | None = None,
    kind: str = "",
    foreseen: Sequence[Foresight] = (),
) -> HttpResponse:
    """The page that lists the dates before anything is saved."""
    return render(
        request,
        "groups/series_dates.html",
        {
            "form": form,
            "title": title,
            "group": group,
            "listed": listed,
            "how_many": how_many(len(listed)) if listed is not None else "",
            "told": _told(request, group),
            "foreseen": foreseen,
            "button": button,
            "kind": kind,
            "back": back,
        },
    )


def _back(request: AgencyRequest, meeting: Meeting) -> Back:
    return {
        "back": at(request.agency, "groups:meeting", pk=meeting.pk),
        "back_text": _("Back to the meeting"),
    }


def move_series(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    enforce(rules.changing_series(found, request.member))
    assert found.series is not None
    form = SeriesMoveForm.from_request(
        request,
        rhythm=found.series.rhythm,
        initial={
            "starts_at": found.starts_at.astimezone(request.agency.zone).replace(tzinfo=None),
            "minutes_planned": found.minutes_planned,
            "place": found.place,
            "remote_link": found.remote_link,
        },
    )

    def act(form: SeriesMoveForm) -> Destination:
        moved = actions.move_series(found, **form.answers, by=request.member)
        return at(request.agency, "groups:series", pk=moved.pk), _("The meetings are moved.")

    if SAVE in request.POST and (answer := submit(request, form, act)):
        return answer
    if form.is_bound and CHANGE not in request.POST and not form.found_fault:
        rows = following(found)
        form.show(stamp(rows))
        starts_at = form.cleaned_data["starts_at"]
        days = recurrence.moved(found.series.rhythm, [each.on for each in rows], starts_at.date())
        planned = planned_of(found.group, request.agency.today())
        listed = dates(days, starts_at, request.agency.zone, planned=planned, before=rows)
        return _look(
            request,
            found.group,
            form,
            title=_("Move these meetings?"),
            button=_("Move them"),
            back=at(request.agency, "groups:move_series", pk=pk),
            listed=listed,
        )
    return show(
        request,
        form,
        title=_("Move this and the later meetings"),
        about=recurrence.words(found.series),
        text=[
            _("The later ones move in the same way. Next you see all dates, old and new."),
            _("If you change your mind, move them back in the same way."),
        ],
        button=_("Show the dates"),
        **_back(request, found),
    )


def cancel_series(request: AgencyRequest, pk: int) -> HttpResponse:
    found = meeting_of(request, pk)
    enforce(rules.changing_series(found, request.member))
    form = SeenForm.from_request(request)

    def act(form: SeenForm) -> Destination:
        actions.cancel_series(found, **form.answers, by=request.member)
        meetings = at(request.agency, "groups:meetings", pk=found.group_id)
        return meetings, _("The meetings are called off.")

    if answer := submit(request, form, act):
        return answer
    rows = following(found)
    form.show(stamp(rows))
    return _look(
        request,
        found.group,
        form,
        title=_("Call off this and the later meetings?"),
        button=_("Call them off"),
        back=at(request.agency, "groups:meeting", pk=pk),
        listed=[SeriesDate(each.starts_at, None, ()) for each in rows],
        kind="warning",
    )
