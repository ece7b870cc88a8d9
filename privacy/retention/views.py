"""The schedule of deletion: read, changed, turned on, tried, and undone by administrators."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce
from foundation.retention import UNDO, RetentionClass
from foundation.wholes import RUN
from privacy.retention import actions, reading, rules, wording
from privacy.retention.forms import KeepForm, typed
from privacy.retention.models import RetentionRule, RetentionRun, RetentionTurn
from privacy.retention.reading import ScheduleLine


@require_safe
def schedule(request: AgencyRequest) -> HttpResponse:
    """What is kept for how long, by which rule; and whether anything goes yet."""
    enforce(rules.keeping_schedule(request.member))
    lines = reading.lines(request.agency, request.agency.today())
    turns = RetentionTurn.objects.within(request.agency).in_force(request.agency.today())
    turned = next((each for each in turns.select_related("by") if not each.code), None)
    taken = [each for each in lines if each.runs and not each.found.whole]
    wholes = [each for each in lines if each.runs and each.found.whole]
    others = [each for each in lines if not each.runs]
    return render(
        request,
        "privacy/retention/schedule.html",
        {
            "turned": turned,
            "on": turned is not None and turned.on,
            "undo_words": UNDO.words,
            "head": [_("What"), _("Kept for"), _("Rests on")],
            "taken": [wording.schedule_row(each, request.agency) for each in taken],
            "wholes": [wording.schedule_row(each, request.agency) for each in wholes],
            "others": [wording.schedule_row(each, request.agency) for each in others],
        },
    )


def turn(request: AgencyRequest) -> HttpResponse:
    """Turn the schedule on, or off."""
    agency = request.agency
    enforce(rules.keeping_schedule(request.member))
    on = not reading.is_on(agency, agency.today())
    form = PortalForm.from_request(request)
    back = at(agency, "privacy:schedule")
    # Said on the page, so that a second click does not turn it back.
    wanted = request.POST.get("wanted", request.GET.get("wanted", "on" if on else "off")) == "on"

    def act(form: PortalForm) -> tuple[str, str]:
        actions.turn(on=wanted, by=request.member)
        return back, _("The schedule is on.") if wanted else _("The schedule is off.")

    if wanted:
        words = _(
            "What is over goes within the hour, and from then on as soon as its time is over. You "
            "can put it back for %(time)s. Records that go as wholes are announced, and you have "
            "as long to keep them. Look first at what would go today."
        ) % {"time": UNDO.words}
        title, button = _("Turn the schedule on"), _("Turn it on")
    else:
        words = _(
            "Nothing more goes. What is out of use already is destroyed on its day. Records that "
            "were only announced stay."
        )
        title, button = _("Turn the schedule off"), _("Turn it off")
    return ask(
        request,
        form,
        act,
        title=title,
        text=[words],
        button=button,
        kind="warning" if wanted else "",
        action=f"{request.path}?wanted={'on' if wanted else 'off'}",
        back=back,
        rule=lambda: rules.turning(wanted, request.member, not on),
    )


def _line(request: AgencyRequest, code: str) -> ScheduleLine:
    lines = reading.lines(request.agency, request.agency.today())
    found = next((each for each in lines if each.found.code == code), None)
    if found is None:
        raise Http404
    return found


def _class(code: str) -> RetentionClass:
    try:
        return reading.class_of(code)
    except LookupError:
        raise Http404 from None


@require_safe
def kept_class(request: AgencyRequest, code: str) -> HttpResponse:
    """One class: how long, why, since when, and how that changed."""
    enforce(rules.keeping_schedule(request.member))
    line = _line(request, code)
    history = RetentionRule.objects.within(request.agency).filter(code=code).select_related("by")
    page = page_of(request, history.order_by("-since", "-pk"))
    return render(
        request,
        "privacy/retention/kept_class.html",
        {
            "line": line,
            "facts": wording.facts(line),
            "may_change": rules.changing(line.found, request.member) is None,
            "may_resume": line.runs and line.paused,
            "head": [_("From"), _("Kept for"), _("State’s rule"), _("Why"), _("By")],
            "page": page,
            "rows": [wording.history_row(each) for each in page.object_list],
        },
    )


def change(request: AgencyRequest, code: str) -> HttpResponse:
    found = _class(code)
    enforce(rules.changing(found, request.member))
    line = _line(request, code)
    assert line.kept is not None
    cites = line.rule.cites if line.rule is not None else ""
    initial = {**typed(line.kept), "since": request.agency.today(), "cites": cites}
    form = KeepForm.from_request(request, initial=initial)
    page = at(request.agency, "privacy:kept_class", code=code)

    def act(form: KeepForm) -> tuple[str, str]:
        actions.change(found, **form.answers, by=request.member)
        return page, _("Saved.")

    text = [
        _("The starting value is %(time)s.") % {"time": found.usual.words if found.usual else ""}
    ]
    if found.least is not None:
        least = {"time": found.least.words}
        text.append(_("Never less than %(time)s, unless your state’s rule allows it.") % least)
    return ask(
        request,
        form,
        act,
        title=_("Change how long it is kept"),
        about=str(found.title),
        text=text,
        button=_("Save"),
        back=page,
    )


def resume(request: AgencyRequest, code: str) -> HttpResponse:
    """Let a class go on that an undo has paused."""
    found = _class(code)
    form = PortalForm.from_request(request)
    page = at(request.agency, "privacy:kept_class", code=code)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.resume(found, by=request.member)
        return page, _("It goes on with the next run.")

    return ask(
        request,
        form,
        act,
        title=_("Let the schedule go on"),
        about=str(found.title),
        text=[
            _("Records whose time is over are announced again, also those that were kept.")
            if found.whole
            else _("What is over goes again with the next run, also what was put back.")
        ],
        button=_("Let it go on"),
        kind="warning",
        back=page,
        rule=lambda: rules.resuming(found, request.member),
    )


@require_safe
def due(request: AgencyRequest) -> HttpResponse:
    """What would go today, and what a legal hold keeps back."""
    enforce(rules.keeping_schedule(request.member))
    today = request.agency.today()
    found = reading.due(today)
    return render(
        request,
        "privacy/retention/due.html",
        {
            "on": reading.is_on(request.agency, today),
            "today": today,
            "head": [
                _("What"),
                {"text": _("How many would go"), "numeric": True},
                _("From when"),
                _("Kept back"),
            ],
            "rows": wording.due_rows(found),
            "wholes": wording.due_rows(reading.due_wholes(today)),
            "undo_words": UNDO.words,
        },
    )


@require_safe
def runs(request: AgencyRequest) -> HttpResponse:
    """What went, and what can still be undone."""
    enforce(rules.keeping_schedule(request.member))
    agency, today = request.agency, request.agency.today()
    rows = RetentionRun.objects.within(agency).filter(taken__gt=0).order_by("-day", "-pk")
    page = page_of(request, rows)
    shown = []
    for each in page.object_list:
        may = rules.undoing(each, request.member, today) is None
        undo_at = at(agency, "privacy:undo_run", pk=each.pk) if may else ""
        shown.append(wording.run_row(each, today, undo_at))
    return render(
        request,
        "privacy/retention/runs.html",
        {
            "page": page,
            "undo_words": UNDO.words,
            "head": [
                _("What"),
                _("Taken out of use, or announced"),
                {"text": _("How many"), "numeric": True},
                _("Destroyed on"),
                _("Put back"),
            ],
            "rows": shown,
        },
    )


@require_safe
def announced(request: AgencyRequest, pk: int) -> HttpResponse:
    """The records that a run destroys as wholes on its day."""
    enforce(rules.keeping_schedule(request.member))
    runs = RetentionRun.objects.within(request.agency).filter(code=RUN)
    run = get_object_or_404(runs.select_related("undone_by"), pk=pk)
    today = request.agency.today()
    return render(
        request,
        "privacy/retention/announced.html",
        {
            "run": run,
            "may_keep": rules.undoing(run, request.member, today) is None,
            "state": wording.run_state(run, today),
            "head": [_("What"), {"text": _("How many"), "numeric": True}, _("From when")],
            "rows": wording.announced_rows(reading.announced(run)),
        },
    )


def undo(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(rules.keeping_schedule(request.member))
    run = get_object_or_404(RetentionRun.objects.within(request.agency), pk=pk)
    form = PortalForm.from_request(request)
    back = at(request.agency, "privacy:runs")
    whole = run.code == RUN

    def act(form: PortalForm) -> tuple[str, str]:
        actions.undo(run, by=request.member)
        if whole:
            return back, _("They stay. This part of the schedule is paused.")
        return back, _("It’s being put back. This part of the schedule is paused.")

    count = ngettext("%(count)d entry", "%(count)d entries", run.taken) % {"count": run.taken}
    title = wording.title_of(run)
    if whole:
        what = _("None of what this run has announced is destroyed.")
    else:
        what = _("All that this run took out of use is put back as it was.")
    return ask(
        request,
        form,
        act,
        title=_("Keep these records?") if whole else _("Put it back?"),
        about=_("%(title)s: %(count)s") % {"title": title, "count": count},
        text=[
            what,
            _(
                "This part of the schedule is then paused, until somebody changes how long it is "
                "kept or lets it go on."
            ),
        ],
        button=_("Keep them") if whole else _("Put it back"),
        back=back,
        rule=lambda: rules.undoing(run, request.member, request.agency.today()),
    )
