"""Pauses of access: begun and ended by administrators, read by those concerned, printed."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access, actions, pauses, rules
from accounts.finding import person_to_change
from accounts.forms import PauseForm, ResumeForm
from accounts.models import Member, Pause, PauseEnd, PauseReason
from accounts.policies import PAUSE
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import enforce


def pause_access(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_to_change(request, pk)
    today = request.agency.today()
    last = Pause.objects.within(request.agency).order_by("-pk").values_list("answer_to", flat=True)
    form = PauseForm.from_request(request, initial={"answer_to": last.first() or ""})

    def act(form: PauseForm) -> tuple[str, str]:
        pause = actions.pause_access(member, **form.answers, by=request.member)
        page = at(request.agency, "accounts:pause", pk=pause.pk)
        return page, _("Access is paused. Now print the letter.")

    return ask(
        request,
        form,
        act,
        title=_("Pause the access of %(name)s") % {"name": member},
        text=[
            _(
                "They are signed out at once. Whenever they sign in, they see only that their "
                "access is paused, until when, and how they can answer."
            ),
            _("The pause ends by %(day)s: after %(days)s, and earlier if there was one before.")
            % {"day": _day(today + PAUSE.span), "days": PAUSE.words},
            _("Their seats, their votes and their pay stay as they are."),
            *_told(member, request.member),
        ],
        button=_("Pause access now"),
        back=at(request.agency, "accounts:member", pk=pk),
        rule=lambda: rules.pausing(member, request.member, today),
    )


def _told(member: Member, by: Member) -> list[str]:
    told = _(
        "They are told in writing. A second administrator, if there is one, and the consumer who "
        "leads the oversight committee are told as well."
    )
    found = pauses.deciding(Pause(agency=by.agency, member=member, since=by.agency.today()))
    if found is None or found.review_by is None:
        return [told]
    review = _("%(name)s sits in the oversight committee, so it reviews the pause by %(day)s.")
    return [told, review % {"name": member, "day": _day(found.review_by)}]


@require_safe
def all_pauses(request: AgencyRequest) -> HttpResponse:
    """Running and earlier pauses."""
    enforce(rules.managing_people(request.member))
    today = request.agency.today()
    rows = Pause.objects.within(request.agency).select_related("member")
    running = page_of(request, rows.on(today).order_by("until", "pk"), parameter="running")
    earlier = page_of(request, rows.filter(until__lte=today).order_by("-until", "-pk"))
    shown = [*running.object_list, *earlier.object_list]
    access.log_all(by=request.member, about={each.member for each in shown}, what="pause")
    return render(
        request,
        "accounts/pauses.html",
        {
            "head": [_("Name"), _("Reason"), _("Since"), _("Access again on")],
            "running": running,
            "running_rows": [_row(each, request) for each in running],
            "earlier": earlier,
            "earlier_rows": [_row(each, request) for each in earlier],
        },
    )


def _row(pause: Pause, request: AgencyRequest) -> list[Any]:
    href = at(request.agency, "accounts:pause", pk=pause.pk)
    return [
        {"text": str(pause.member), "href": href},
        PauseReason(pause.reason).label,
        _day(pause.since),
        _day(pause.until),
    ]


def _found(request: AgencyRequest, pk: int) -> Pause:
    """Find a pause the reader may see; looking at it is logged."""
    rows = pauses.readable(request.member).select_related("member", "by", "ended_by")
    found = get_object_or_404(rows, pk=pk)
    found.agency = found.member.agency = request.agency
    access.log(by=request.member, about=found.member, what="pause")
    return found


@require_safe
def pause(request: AgencyRequest, pk: int) -> HttpResponse:
    """What was done, by whom, until when, and who decides on it."""
    found = _found(request, pk)
    today = request.agency.today()
    administers = rules.managing_people(request.member) is None
    return render(
        request,
        "accounts/pause.html",
        {
            "pause": found,
            "facts": _facts(found, today),
            "runs": found.runs(today),
            "deciding": pauses.deciding(found),
            "administers": administers,
            "may_resume": rules.resuming(found, request.member, today) is None,
        },
    )


def _facts(pause: Pause, today: date) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"key": _("Reason"), "value": PauseReason(pause.reason).label},
        {"key": _("Paused by"), "value": str(pause.by)},
        {"key": _("Since"), "value": _day(pause.since)},
        {"key": _("Access again on"), "value": _day(pause.until)},
        {"key": _("Where they can answer"), "value": pause.answer_to},
    ]
    if pause.ended_at is not None:
        facts.append({"key": _("Ended early by"), "value": str(pause.ended_by)})
        facts.append({"key": _("Why it ended"), "value": PauseEnd(pause.ended_why).label})
    return facts


@require_safe
def letter(request: AgencyRequest, pk: int) -> HttpResponse:
    """The notice to the person on one printed page, in their language."""
    enforce(rules.managing_people(request.member))
    found = _found(request, pk)
    with translation.override(found.member.language):
        return render(
            request,
            "accounts/pause_letter.html",
            {"pause": found, "program": request.agency, "deciding": pauses.deciding(found)},
        )


def resume_access(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(rules.managing_people(request.member))
    found = _found(request, pk)
    form = ResumeForm.from_request(request)
    page = at(request.agency, "accounts:pause", pk=pk)

    def act(form: ResumeForm) -> tuple[str, str]:
        actions.resume_access(found, **form.answers, by=request.member)
        return page, _("The pause is over. They can sign in again.")

    return ask(
        request,
        form,
        act,
        title=_("End the pause for %(name)s") % {"name": found.member},
        text=[_("They can sign in again at once, and they are told.")],
        button=_("End the pause"),
        back=page,
        rule=lambda: rules.resuming(found, request.member, request.agency.today()),
    )


def _day(day: date | datetime | None) -> str:
    return date_format(day, "F j, Y") if day is not None else ""
