"""Seats offered, answered and changed: nobody has one without accepting it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.access import log
from accounts.models import StandingKind
from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from groups import actions, rules
from groups.finding import group_of, offer_of, seat_of, without_a_seat
from groups.forms import AcceptForm, AgreementForm, OfficeForm, SeatForm
from groups.leading import LEADING
from groups.models import OfferState, Office, SeatOffer
from groups.standing import standings


def add_seat(request: AgencyRequest, pk: int) -> HttpResponse:
    """Offer somebody a seat."""
    found = group_of(request, pk)
    enforce(rules.offering(found, request.member))
    today = request.agency.today()
    form = SeatForm.from_request(
        request,
        members=without_a_seat(request, found),
        names_standing=rules.naming_standing(request.member) is None,
        initial={"since": found.day_to_show(today), "voting": "yes"},
    )
    if form.is_bound and form.is_valid() and form.answers.get("standing"):
        # The standing they are asked in is shown beside their name, so log the look.
        log(by=request.member, about=form.answers["member"], what="standing")

    def act(form: SeatForm) -> tuple[str, str]:
        answers = form.answers
        offer = actions.offer_seat(
            found,
            answers["member"],
            standing=answers.get("standing") or None,
            voting=answers["voting"] == "yes",
            office=answers["office"],
            since=answers["since"],
            late_reason=answers["late_reason"],
            by=request.member,
        )
        return _offered(request, offer)

    return ask(
        request,
        form,
        act,
        title=_("Offer somebody a seat"),
        text=[
            _("They read of it on their home page. They are in %(name)s when they say yes.")
            % {"name": found.name}
        ],
        button=_("Offer the seat"),
        back=at(request.agency, "groups:people", pk=pk),
        back_text=_("Back to the people"),
    )


def _offered(request: AgencyRequest, offer: SeatOffer) -> tuple[str, str]:
    """Where to go after offering: one's own offer is answered at once."""
    if offer.member_id == request.member.pk:
        return at(request.agency, "groups:offer", pk=offer.pk), ""
    message = _("%(name)s was asked. The seat begins when they accept.")
    url = at(request.agency, "groups:people", pk=offer.group_id)
    return url, message % {"name": offer.member}


def offer(request: AgencyRequest, pk: int) -> HttpResponse:
    """An offer of a seat: accepted by its recipient, or entered for somebody who can't sign in."""
    found = offer_of(request, pk)
    refusal = rules.answering_offer(found, request.member)
    if request.method == "POST":
        enforce(refusal)
    theirs = found.member_id == request.member.pk
    waiting = found.state == OfferState.WAITING
    form = _answer_form(request, found, theirs=theirs)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.accept_seat(found, by=request.member, **form.answers)
        if theirs:
            return at(request.agency, "groups:group", pk=found.group_id), _("You have a seat now.")
        message = _("%(name)s has a seat now.") % {"name": found.member}
        return at(request.agency, "groups:people", pk=found.group_id), message

    answer = submit(request, form, act) if refusal is None else None
    return answer or render(
        request,
        "groups/offer.html",
        {
            "offer": found,
            "group": found.group,
            "form": form if refusal is None else None,
            "theirs": theirs,
            "office": Office(found.office).label if found.office and (theirs or waiting) else "",
            "waiting": waiting,
            "may_withdraw": rules.withdrawing_offer(found, request.member) is None,
            "may_read_people": rules.running(found.group, request.member) is None,
        },
    )


def _answer_form(request: AgencyRequest, offer: SeatOffer, *, theirs: bool) -> PortalForm:
    if not theirs:
        return AgreementForm.from_request(request, initial={"agreed_on": request.agency.today()})
    held = [
        each.kind.value
        for each in standings([request.member], request.agency.today())[request.member.pk]
    ]
    asked = offer.standing if offer.standing in held else (held[0] if held else "")
    return AcceptForm.from_request(
        request, standings=held, initial={"standing": asked or StandingKind.UNDISCLOSED}
    )


def decline(request: AgencyRequest, pk: int) -> HttpResponse:
    """Decline: by the recipient, or entered for somebody who can't sign in."""
    found = offer_of(request, pk)
    enforce(rules.answering_offer(found, request.member))
    form = PortalForm.from_request(request)
    theirs = found.member_id == request.member.pk

    def act(form: PortalForm) -> tuple[str, str]:
        actions.decline_seat(found, by=request.member)
        if theirs:
            return at(request.agency, "home_of"), _("Your answer is on record.")
        message = _("The answer of %(name)s is on record.") % {"name": found.member}
        return at(request.agency, "groups:people", pk=found.group_id), message

    said = {"name": found.group.name, "person": found.member.shown_name}
    return ask(
        request,
        form,
        act,
        title=_("Decline the seat in %(name)s") % said
        if theirs
        else _("%(person)s declines the seat in %(name)s") % said,
        text=[
            _("No reason is asked. You can be asked again another time.")
            if theirs
            else _(
                "Record this only if they said no to you. No reason is asked. They can be asked "
                "again another time."
            )
        ],
        button=_("Decline the seat") if theirs else _("Record their no"),
        kind="secondary",
        **_back(request, found),
    )


def _back(request: AgencyRequest, offer: SeatOffer) -> Back:
    return {
        "back": at(request.agency, "groups:offer", pk=offer.pk),
        "back_text": _("Back to the offer"),
    }


def withdraw_offer(request: AgencyRequest, pk: int) -> HttpResponse:
    found = offer_of(request, pk)
    enforce(rules.withdrawing_offer(found, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.withdraw_offer(found, by=request.member)
        url = at(request.agency, "groups:people", pk=found.group_id)
        return url, _("The offer is taken back.")

    return ask(
        request,
        form,
        act,
        title=_("Take back the offer to %(name)s") % {"name": found.member.shown_name},
        text=[_("They can’t accept it then. You can offer a seat again.")],
        button=_("Take the offer back"),
        kind="secondary",
        **_back(request, found),
    )


def change_seat(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take something away from that day on, or offer more."""
    seat = seat_of(request, pk)
    enforce(rules.opening_seat(seat, request.member))
    if seat.office in LEADING:
        # The form shows who leads, which reveals a standing, so log the look.
        log(by=request.member, about=seat.member, what="standing")
    form = OfficeForm.from_request(
        request,
        initial={
            "office": seat.office,
            "voting": "yes" if seat.voting else "no",
            "on": request.agency.today(),
        },
    )

    def act(form: OfficeForm) -> tuple[str, str]:
        answers = form.answers
        office, voting = answers["office"] or Office.NONE, answers["voting"] == "yes"
        more = rules.gives_more(seat, office=office, voting=voting)
        if more and seat.member_id != request.member.pk:
            offer = actions.offer_seat(
                seat.group,
                seat.member,
                voting=voting,
                office=office,
                since=answers["on"],
                late_reason=answers["late_reason"],
                by=request.member,
            )
            return _offered(request, offer)
        actions.change_office(
            seat,
            office=office,
            voting=voting,
            on=answers["on"],
            late_reason=answers["late_reason"],
            by=request.member,
        )
        return at(request.agency, "groups:people", pk=seat.group_id), _("The seat is changed.")

    return submit(request, form, act) or render(
        request,
        "groups/change_seat.html",
        {
            "form": form,
            "seat": seat,
            "group": seat.group,
            "may_end": seat.member_id == request.member.pk
            or rules.ending_seat(seat.group, request.member) is None,
        },
    )
