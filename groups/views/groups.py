"""The list of groups, and each group's plain page."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms import SearchForm
from accounts.permissions import Permission
from foundation import policies
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.presenting import written
from foundation.refusals import enforce
from groups import actions, composition, kinds, rules
from groups.calendar import next_meetings
from groups.finding import as_of, group_of, groups_of
from groups.forms import BecauseForm, CqiForm, EndForm, GroupEditForm, GroupForm
from groups.indicators import preview_cqi
from groups.models import Closure, DecisionStatus, Group, GroupKind, MeetingStatus, MotionKind
from groups.not_expected import own_comings
from groups.presenting.lists import group_shown, groups_page

# Groups per page of a list; longer lists get a search.
A_PAGE = 12


@require_safe
def list_groups(request: AgencyRequest) -> HttpResponse:
    form, on = as_of(request)
    today = request.agency.today()
    # Groups yet to start are listed today, so that they can be prepared.
    known = groups_of(request).order_by("name", "pk")
    found = known.open(on) if on < today else known.lasting(on)
    shares = {}
    if request.member.may(Permission.SEE_STANDINGS):
        counted = composition.composition(groups_of(request).of_cqi(on), on)
        settings = policies.settings_of(request.agency, on)
        shares = {
            each.group_id: composition.share(each, request.member, settings=settings)
            for each in counted
        }
    search = SearchForm(request.GET)
    sought = search.cleaned_data.get("name", "") if search.is_valid() else ""
    groups = list(found)
    named = [group for group in groups if sought.casefold() in group.name.casefold()]
    own = [group for group in named if rules.place(group, request.member).seated]
    rest = [group for group in named if shares or not rules.place(group, request.member).seated]
    mine = page_of(request, own, A_PAGE, parameter="mine")
    others = page_of(request, rest, A_PAGE, parameter="others")
    page = groups_page(
        request.agency,
        [group_shown(group, today) for group in mine],
        [group_shown(group, today, shares.get(group.pk)) for group in others],
        with_shares=bool(shares),
        there=bool(groups),
        may_add=rules.opening(GroupKind.COUNCIL, request.member) is None,
    )
    return render(
        request,
        "groups/groups.html",
        {
            "page": page,
            "mine": mine,
            "others": others,
            "search": search if sought or len(groups) > A_PAGE else None,
            "as_of": form,
            "on": on,
            "past": on < today,
        },
    )


def add_group(request: AgencyRequest) -> HttpResponse:
    enforce(rules.opening(GroupKind.COUNCIL, request.member))
    there = Group.objects.within(request.agency).filter(closed=None)
    form = GroupForm.from_request(
        request,
        there=set(there.values_list("kind", flat=True)),
        initial={"opened": request.agency.today(), "kind": GroupKind.COUNCIL},
    )

    def act(form: GroupForm) -> str:
        answers = form.answers
        group = actions.open_group(
            request.agency,
            kind=answers["kind"],
            name=answers["name"],
            purpose=answers["purpose"],
            on=answers["opened"],
            takes_part_in_cqi=answers["takes_part_in_cqi"] == "yes",
            by=request.member,
        )
        return at(request.agency, "groups:people", pk=group.pk)

    return ask(
        request,
        form,
        act,
        title=_("Set up a group"),
        text=[
            _(
                "Here you set up a council, your governing body or the oversight committee. Cells "
                "and dialogues have pages of their own."
            )
        ],
        button=_("Set up the group"),
        back=at(request.agency, "groups:list"),
        back_text=_("Back to all groups"),
    )


@require_safe
def group(request: AgencyRequest, pk: int) -> HttpResponse:
    found = group_of(request, pk)
    if (address := kinds.own_page(found)) is not None:
        return redirect(address)
    today = request.agency.today()
    inside = rules.reading(found, request.member) is None
    decisions = found.decisions.filter(status=DecisionStatus.OPEN) if inside else []
    coming = found.meetings.filter(status=MeetingStatus.PLANNED, on__gte=today)
    return render(
        request,
        "groups/group.html",
        {
            "group": found,
            "place": rules.place(found, request.member),
            "inside": inside,
            "open": found.is_open(today),
            "next_meeting": coming.order_by("starts_at").first(),
            "decisions": decisions,
            "may_change": rules.changing(found, request.member) is None,
            "may_change_cqi": rules.changing_cqi(found, request.member) is None,
            "may_close": inside
            and rules.closing_group(found, request.member, undecided=bool(decisions)) is None,
            "may_open_again": found.closed is not None
            and rules.taking_closing_back(found, actions.closure_of(found), request.member) is None,
            "may_propose_end": rules.moving(found, MotionKind.DISSOLVE, found, request.member)
            is None,
        },
    )


def edit_group(request: AgencyRequest, pk: int) -> HttpResponse:
    found = group_of(request, pk)
    if (address := kinds.own_page(found)) is not None:
        return redirect(address)
    enforce(rules.changing(found, request.member))
    form = GroupEditForm.from_request(
        request,
        initial={
            "name": found.name,
            "purpose": found.purpose,
            "hidden": found.hidden,
        },
    )

    def act(form: GroupEditForm) -> str:
        actions.change_group(found, **form.answers, by=request.member)
        return at(request.agency, "groups:group", pk=pk)

    return ask(
        request,
        form,
        act,
        title=_("Change this group"),
        button=_("Save"),
        back=at(request.agency, "groups:group", pk=pk),
        back_text=_("Back to %(name)s") % {"name": found.name},
    )


def cqi(request: AgencyRequest, pk: int) -> HttpResponse:
    """Joining or leaving CQI: what it would have changed, when, and why."""
    found = group_of(request, pk)
    enforce(rules.changing_cqi(found, request.member))
    today = request.agency.today()
    rows = found.cqi_periods.select_related("by", "ended_by").order_by("-since")
    periods = list(rows)
    now = next((each for each in periods if each.since <= today and not each.over(today)), None)
    form = CqiForm.from_request(request, initial={"since": max(today, found.opened)})

    def act(form: CqiForm) -> tuple[str, str]:
        actions.change_cqi(found, takes_part=now is None, by=request.member, **form.answers)
        return at(request.agency, "groups:cqi", pk=pk), _("The change is on record.")

    if (answer := submit(request, form, act)) is not None:
        return answer
    tried = preview_cqi(request.agency, found, takes_part=now is None, today=today)
    return render(
        request,
        "groups/cqi.html",
        {
            "form": None if any(each.ahead(today) for each in periods) else form,
            "group": found,
            "takes_part": now is not None,
            "periods": periods,
            "today": today,
            "head": [_("On"), _("As it was judged"), _("As tried"), _("Difference")],
            "rows": [
                [
                    date_format(each.on, "F j, Y"),
                    {"status": each.then},
                    {"status": each.tried},
                    _("Would change") if each.changes else _("Stays"),
                ]
                for each in tried
            ],
        },
    )


def close_group(request: AgencyRequest, pk: int) -> HttpResponse:
    found = group_of(request, pk)
    if (address := kinds.closing_page(found)) is not None:
        return redirect(address)
    undecided = found.decisions.filter(status=DecisionStatus.OPEN).exists()
    unfinished = kinds.unfinished(found)
    enforce(rules.closing_group(found, request.member, undecided=undecided, unfinished=unfinished))
    form = EndForm.from_request(request, initial={"on": request.agency.today()})

    def act(form: EndForm) -> tuple[str, str]:
        actions.close_group(found, by=request.member, **form.answers)
        return at(request.agency, "groups:list"), _("The group is closed.")

    return submit(request, form, act) or render(
        request,
        "groups/close_group.html",
        {"form": form, "group": found, "hanging": kinds.hanging(found)},
    )


def open_again(request: AgencyRequest, pk: int) -> HttpResponse:
    """Reopen a closed group."""
    found = group_of(request, pk)
    closure = actions.closure_of(found)
    enforce(rules.taking_closing_back(found, closure, request.member))
    form = BecauseForm.from_request(request)

    def act(form: BecauseForm) -> tuple[str, str]:
        actions.take_closing_back(found, because=form.cleaned_data["because"], by=request.member)
        return at(request.agency, "groups:group", pk=pk), _("The group goes on.")

    name = {"name": found.name}
    return ask(
        request,
        form,
        act,
        title=_("Open %(name)s again") % name,
        text=_of_opening_again(found, closure),
        button=_("Open it again"),
        back=at(request.agency, "groups:group", pk=pk),
        back_text=_("Back to %(name)s") % name,
    )


def _of_opening_again(group: Group, closure: Closure | None) -> list[str]:
    text = []
    if closure is not None and closure.by is not None:
        said = {"by": closure.by.shown_name, "day": written(closure.entered_on)}
        text.append(_("%(by)s closed it on %(day)s.") % said)
    seats = _(
        "People get their seats back if they are still in the program. Meetings still to come are "
        "planned again, and everyone is told."
    )
    if group.kind == GroupKind.CELL:
        seats += " " + _(
            "Work that was ended or handed to another cell comes back too, unless somebody has "
            "gone on with it since."
        )
    return [*text, seats, _("Past days will say that they were corrected.")]


@require_safe
def calendar(request: AgencyRequest) -> HttpResponse:
    meetings = next_meetings(request.member, request.agency.today())
    page = page_of(request, meetings)
    own = own_comings(page, request.member)
    rows = [(each, str(own[each.pk])) for each in page]
    runs = rules.runs_any(request.member)
    context = {"meetings": page, "rows": rows, "runs": runs}
    return render(request, "groups/calendar.html", context)
