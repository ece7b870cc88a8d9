"""Who is in a group on a day; seats given, changed and ended; what others may know."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import log_all
from accounts.actions import give_consent, take_back
from accounts.models import Audience, Consent, Member, StandingKind
from accounts.names import standings_open_to
from accounts.permissions import Permission
from foundation import policies
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from foundation.presenting import written
from foundation.refusals import enforce
from groups import actions, founding, kinds, rules
from groups.composition import Composition, ConsumerShare, composition, share
from groups.finding import as_of, group_of, groups_of, seat_of
from groups.forms import EndForm
from groups.leading import offices_open_to
from groups.models import (
    Ending,
    Group,
    GroupKind,
    MotionKind,
    Office,
    Resolution,
    Seat,
    SeatOffer,
)
from groups.policies import SHARE
from groups.presenting.people import Moves, PeopleParts, SeatRights, people_page


@require_safe
def people(request: AgencyRequest, pk: int) -> HttpResponse:
    """The members on a day.

    Standings are those that each member lets this reader see; readers who may see all of them ask
    for it, and that is logged.
    """
    found = group_of(request, pk)
    form, on = as_of(request)
    past = on < request.agency.today()
    on = on if past else found.day_to_show(on)
    seats = list(
        Seat.objects.within(request.agency)
        .on(on)
        .filter(group=found)
        .select_related("member")
        .order_by("-voting", "member__shown_name", "pk")
    )
    shown = page_of(request, seats)
    may_see_all = request.member.may(Permission.SEE_STANDINGS)
    all_shown = may_see_all and "standings" in request.GET
    told = _told(request, found, [seat.member for seat in shown], everybody=all_shown)
    # Readers who looked at all standings, which is logged, can tell from them who leads.
    offices = (
        {seat.pk: str(Office(seat.office).label) for seat in seats if seat.office}
        if all_shown
        else offices_open_to(request.member, seats)
    )
    may_change = not past and rules.changing(found, request.member) is None
    may_change_all = may_change and rules.ending_seat(found, request.member) is None
    moves = None if past else _moves(request, found, seats, on)
    offers = SeatOffer.objects.within(request.agency).waiting().filter(group=found)
    groups = Group.objects.within(request.agency).filter(pk=found.pk)
    counted = composition(groups.of_cqi(on), on)
    own = [seat for seat in seats if seat.member_id == request.member.pk]
    everybody = request.GET.copy()
    everybody["standings"] = "1"
    parts = PeopleParts(
        group=found,
        seats=seats,
        told=frozenset(told),
        offices=offices,
        moves=moves,
        offers=list(offers.select_related("member").order_by("pk")) if may_change else [],
        own_seat=own[0].pk if own else None,
        may_name_alternate=bool(own)
        and rules.naming_alternate(found, own[0], request.member) is None,
        seated=rules.place(found, request.member).seated,
        past=past,
        everybody=f"?{everybody.urlencode()}",
        paper=moves is None and not past and _enters(request, found, seats, on),
        papers=_papers(request, found) if moves is None and may_change else (),
        ends=None if past else founding.last_day_of(seats, on),
    )
    may = SeatRights(
        change=may_change,
        change_all=may_change_all,
        see_all=may_see_all and not all_shown and bool(seats),
        be_named=rules.being_named(found, request.member) is None,
    )
    return render(
        request,
        "groups/people.html",
        {
            "group": found,
            "page": people_page(parts, may, shown=list(shown), reader=request.member.pk),
            "seats": shown,
            "share": _share(request, counted[0], on) if counted else None,
            "goal": SHARE.words(request.agency, on),
            "counts": bool(counted),
            "as_of": form,
            "on": on,
            "past": past,
        },
    )


def _moves(request: AgencyRequest, group: Group, seats: list[Seat], on: date) -> Moves | None:
    """What the member can propose if decisions give seats; None in other groups."""
    if rules.by_decision(group) is None:
        return None
    own = rules.moving(group, MotionKind.SEAT, group, request.member) is None
    runs = rules.running(group, request.member) is None
    return Moves(
        propose=own,
        propose_ends=own or _sits_on_the_board(request, group),
        keep=own and any(seat.ending == Ending.TERM for seat in seats),
        paper=_enters(request, group, seats, on),
        papers=_papers(request, group) if runs else [],
    )


def _enters(request: AgencyRequest, group: Group, seats: list[Seat], on: date) -> bool:
    """Whether the member can enter who was chosen on paper."""
    refusal = rules.entering_resolution(
        group,
        request.member,
        on=on,
        anybody_votes=any(seat.voting for seat in seats),
        chartered=kinds.charter(group) is not None,
    )
    return refusal is None


def _papers(request: AgencyRequest, group: Group) -> list[Resolution]:
    if group.kind not in rules.ON_PAPER:
        return []
    papers = Resolution.objects.within(request.agency).waiting().filter(group=group)
    return list(papers.select_related("asked").order_by("pk"))


def _sits_on_the_board(request: AgencyRequest, group: Group) -> bool:
    """Whether the member can propose changes of seats here to the governing body."""
    if group.kind != GroupKind.COMMITTEE:
        return False
    boards = groups_of(request).lasting(request.agency.today())
    return any(
        rules.moving(group, MotionKind.END, board, request.member) is None
        for board in boards.filter(kind=GroupKind.GOVERNING_BODY)
    )


def _share(request: AgencyRequest, counted: Composition, on: date) -> ConsumerShare | None:
    return share(counted, request.member, settings=policies.settings_of(request.agency, on))


def _told(
    request: AgencyRequest, group: Group, members: list[Member], *, everybody: bool
) -> set[int]:
    """Keys of those whose standing is shown, always by what they allow today."""
    if everybody:
        log_all(by=request.member, about=members, what="standing")
        return {member.pk for member in members}
    if request.member.may(Permission.SEE_STANDINGS):
        return set()
    seated = rules.place(group, request.member).seated
    # Show the reader's own standing only on the page of consent: here it would seem public.
    others = [member for member in members if member.pk != request.member.pk]
    return standings_open_to(
        request.member,
        others,
        on=request.agency.today(),
        group_id=group.pk if seated else 0,
    )


def end_seat(request: AgencyRequest, pk: int) -> HttpResponse:
    seat = seat_of(request, pk)
    leaving = seat.member_id == request.member.pk
    if not leaving:
        enforce(rules.ending_seat(seat.group, request.member))
    form = EndForm.from_request(request, initial={"on": request.agency.today()})

    def act(form: EndForm) -> str:
        actions.end_seat(seat, by=request.member, **form.answers)
        if leaving:
            return at(request.agency, "groups:list")
        return at(request.agency, "groups:people", pk=seat.group_id)

    title = (
        _("Leave %(name)s") % {"name": seat.group.name}
        if leaving
        else _("End the seat of %(name)s") % {"name": seat.member}
    )
    return ask(
        request,
        form,
        act,
        tab=_("Leave this group") if leaving else title,
        title=title,
        text=[
            _("Choose the first day without the seat. What was done until then stays on record.")
        ],
        button=_("Leave the group") if leaving else _("End the seat"),
        kind="warning",
        back=at(request.agency, "groups:people", pk=seat.group_id),
        back_text=_("Back to the people"),
    )


def consent(request: AgencyRequest, pk: int) -> HttpResponse:
    """Whether the people of this group may see the member's standing."""
    found = group_of(request, pk)
    enforce(rules.consenting(found, request.member))
    today = request.agency.today()
    given = (
        Consent.objects.within(request.agency)
        .on(today)
        .filter(member=request.member, audience=Audience.GROUP, group_id=pk)
        .first()
    )
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        if given is not None:
            take_back(given, by=request.member)
            message = _("The people in this group don’t see it any more.")
        else:
            give_consent(request.member, audience=Audience.GROUP, group_id=pk, by=request.member)
            message = _("The people in this group can see it now.")
        return at(request.agency, "groups:consent", pk=pk), message

    said = {"name": found.name, "standing": _own_standing(found, request)}
    text = [_("In %(name)s you take part as: %(standing)s.") % said]
    if given is not None:
        since = _(
            "Since %(day)s the people in this group can see this. You let them. You can take it "
            "back at any time."
        )
        text.append(since % {"day": written(given.since)})
    else:
        text += [
            _(
                "The others in this group see your name, but not this. Only people whose work "
                "needs it can see it, unless a court or law requires it."
            ),
            _(
                "You can let the others in this group see it. You choose. You can take it back at "
                "any time."
            ),
        ]
    return ask(
        request,
        form,
        act,
        title=_("What this group may know about you"),
        text=text,
        button=_("Show it to this group") if given is None else _("Don’t show it any more"),
        back=at(request.agency, "groups:people", pk=pk),
        back_text=_("Back to the people"),
    )


def _own_standing(group: Group, request: AgencyRequest) -> str:
    seats = Seat.objects.within(request.agency).on(request.agency.today())
    seat = seats.filter(group=group, member=request.member).first()
    return str(StandingKind(seat.standing).label) if seat else ""
