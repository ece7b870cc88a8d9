"""Dialogues: which there are, one of them, and how it goes on."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts import access
from dialogues import actions, closings, overview, readers, rules, unheard
from dialogues.actions.dialogues import current_rules
from dialogues.forms import (
    CoFacilitatorForm,
    GroundRulesForm,
    GrowForm,
    OpenForm,
    ReadRulesForm,
)
from dialogues.models import DispositionKind, Theme
from dialogues.views.finding import dialogue_of, dialogues_of, placed
from foundation.addresses import at
from foundation.anonymity import MINIMUM
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from groups import leading

# So many dialogues are on a page of a list.
A_PAGE = 10


@require_safe
def dialogues(request: AgencyRequest) -> HttpResponse:
    """All dialogues that the member may know of."""
    today = request.agency.today()
    found = overview.with_dates(dialogues_of(request), request.agency, today)
    rows = list(found.order_by("group__name", "pk"))
    going_on = [each for each in rows if not each.group.is_over(today)]
    ended = [each for each in rows if each.group.is_over(today)]
    mine = readers.named(request.agency, today).filter(member=request.member).first()
    return render(
        request,
        "dialogues/dialogues.html",
        {
            "going_on": page_of(request, going_on, A_PAGE),
            "today": today,
            "ended": page_of(request, ended, A_PAGE, parameter="ended"),
            "may_open": rules.opening(request.member) is None,
            "may_enter": rules.entering_for_someone(None, request.member) is None,
            "may_name": rules.naming_readers(request.member) is None,
            "reading": mine,
            "waiting": unheard.counted(None, request.agency, today) if mine is not None else 0,
        },
    )


@require_safe
def dialogue(request: AgencyRequest, pk: int) -> HttpResponse:
    """One dialogue: its people, its sessions, what was heard and what came of it."""
    member, today = request.member, request.agency.today()
    rows = overview.with_family(dialogues_of(request), member)
    found = placed(request, get_object_or_404(rows, pk=pk))
    seats = overview.seats(found, found.group.day_to_show(today))
    themes = overview.themes(found)
    tally = overview.tally(themes)
    shown = page_of(request, themes, parameter="themes")
    said = overview.contributions(found, today)
    may_read = rules.reading(found, member) is None
    facilitates = rules.facilitates(found, member)
    return render(
        request,
        "dialogues/dialogue.html",
        {
            "dialogue": found,
            "starts": found.group.opened if found.group.opened > today else None,
            "seated": any(seat.member_id == member.pk for seat in seats),
            "led": leading.is_led(seats),
            "leaders": leading.leaders_open_to(member, seats),
            "missing": rules.missing_side(rules.co_facilitators(seats), member),
            "sessions": overview.sessions(found),
            "page": shown,
            "themes": overview.label_all(shown),
            "said": page_of(request, said, parameter="words") if may_read else None,
            "who_reads": readers.promise(request.agency, found),
            "facilitates": facilitates,
            "waiting": unheard.counted(found, request.agency, today) if facilitates else 0,
            "may_speak": rules.speaking(found, member) is None,
            "may_change": rules.changing(found, member) is None,
            "may_name": rules.naming_co_facilitator(found, member) is None,
            "may_grow": rules.growing(found, member) is None,
            "may_advance": rules.advancing(
                found, member, themes=tally.themes, taken_up=tally.taken_up
            )
            is None,
            "may_close": rules.closing(found, member, undisposed=tally.undisposed) is None,
        },
    )


def open_dialogue(request: AgencyRequest) -> HttpResponse:
    enforce(rules.opening(request.member))
    form = OpenForm.from_request(request, initial={"on": request.agency.today()})

    def act(form: OpenForm) -> Destination:
        opened = actions.open_dialogue(request.agency, by=request.member, **form.answers)
        return at(request.agency, "dialogues:dialogue", pk=opened.pk), _("The dialogue is open.")

    return submit(request, form, act) or render(
        request, "dialogues/open_dialogue.html", {"form": form}
    )


def grow(request: AgencyRequest, pk: int) -> HttpResponse:
    """Let a focused dialogue grow out of this one."""
    found = dialogue_of(request, pk)
    enforce(rules.growing(found, request.member))
    form = GrowForm.from_request(request, initial={"on": request.agency.today()})

    def act(form: GrowForm) -> Destination:
        grown = actions.grow(found, by=request.member, **form.answers)
        return at(request.agency, "dialogues:dialogue", pk=grown.pk), _("The dialogue is open.")

    return submit(request, form, act) or render(
        request, "dialogues/grow.html", {"form": form, "dialogue": found}
    )


def advance(request: AgencyRequest, pk: int) -> HttpResponse:
    """Lead a focused dialogue to its next stage."""
    found = dialogue_of(request, pk)
    themes = Theme.objects.within(request.agency).filter(dialogue=found)
    taken_up = themes.filter(dispositions__kind=DispositionKind.CELL).count()
    enforce(
        rules.advancing(found, request.member, themes=themes.count(), taken_up=taken_up),
    )
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.advance(found, by=request.member)
        return at(request.agency, "dialogues:dialogue", pk=pk), _("The dialogue is one step on.")

    return submit(request, form, act) or render(
        request,
        "dialogues/advance.html",
        {"form": form, "dialogue": found, "next": found.next_stage},
    )


def close(request: AgencyRequest, pk: int) -> HttpResponse:
    """End the dialogue."""
    found = dialogue_of(request, pk)
    themes = Theme.objects.within(request.agency).filter(dialogue=found)
    undisposed = themes.undisposed(request.agency.today()).count()
    enforce(rules.closing(found, request.member, undisposed=undisposed))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> Destination:
        actions.close(found, by=request.member)
        return at(request.agency, "dialogues:dialogue", pk=pk), _("The dialogue has ended.")

    return submit(request, form, act) or render(
        request, "dialogues/close.html", {"form": form, "dialogue": found}
    )


def co_facilitator(request: AgencyRequest, pk: int) -> HttpResponse:
    found = dialogue_of(request, pk)
    enforce(rules.naming_co_facilitator(found, request.member))
    form = CoFacilitatorForm.from_request(
        request,
        agency=request.agency,
        initial={"since": found.group.day_to_show(request.agency.today())},
    )

    if request.method == "POST" and form.is_valid():
        # Whether it works or not, the answer tells as what somebody takes part.
        access.log(by=request.member, about=form.cleaned_data["member"], what="standing")

    def act(form: CoFacilitatorForm) -> Destination:
        actions.name_co_facilitator(found, by=request.member, **form.answers)
        return at(request.agency, "dialogues:dialogue", pk=pk), _(
            "They were asked. They facilitate it when they accept."
        )

    return submit(request, form, act) or render(
        request, "dialogues/co_facilitator.html", {"form": form, "dialogue": found}
    )


@require_safe
def ground_rules(request: AgencyRequest, pk: int) -> HttpResponse:
    """The ground rules, and whether the member has said that they will keep to them."""
    found = dialogue_of(request, pk)
    current = current_rules(found)
    given = current and current.acknowledgements.filter(member=request.member).first()
    form = ReadRulesForm(initial={"number": current.number if current else 1})
    return render(
        request,
        "dialogues/ground_rules.html",
        {
            "dialogue": found,
            "current": current,
            "given": given,
            "key": form,
            "may_acknowledge": rules.acknowledging(found, request.member) is None,
            "may_change": rules.changing(found, request.member) is None,
        },
    )


@require_POST
def acknowledge(request: AgencyRequest, pk: int) -> HttpResponse:
    found = dialogue_of(request, pk)
    form = ReadRulesForm.from_request(request)

    def act(form: ReadRulesForm) -> Destination:
        actions.acknowledge(found, by=request.member, number=form.cleaned_data["number"])
        return at(request.agency, "dialogues:dialogue", pk=pk), _("Thank you.")

    # Rules that have changed meanwhile are shown again.
    return submit(request, form, act) or HttpResponseRedirect(
        at(request.agency, "dialogues:ground_rules", pk=pk)
    )


def set_ground_rules(request: AgencyRequest, pk: int) -> HttpResponse:
    found = dialogue_of(request, pk)
    enforce(rules.changing(found, request.member))
    current = current_rules(found)
    form = GroundRulesForm.from_request(request, initial={"text": current.text if current else ""})

    def act(form: GroundRulesForm) -> Destination:
        actions.set_ground_rules(found, by=request.member, **form.answers)
        return at(request.agency, "dialogues:ground_rules", pk=pk), _("The ground rules are new.")

    return submit(request, form, act) or render(
        request, "dialogues/set_ground_rules.html", {"form": form, "dialogue": found}
    )


@require_safe
def closings_of(request: AgencyRequest, pk: int) -> HttpResponse:
    """What people answered at the end of sessions, by side, where enough of each did."""
    found = dialogue_of(request, pk)
    return render(
        request,
        "dialogues/closings.html",
        {
            "dialogue": found,
            "results": closings.results(found, request.agency.today()),
            "minimum": MINIMUM.value,
        },
    )
