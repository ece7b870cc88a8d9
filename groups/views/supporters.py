"""People whom a member lets help them, and what these people see: dates, and nothing else."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts import access
from accounts.away_pages import away_page, come_back_page
from accounts.models import Member
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.pages import render, submit
from foundation.paging import few
from foundation.presenting import PageLink
from foundation.refusals import enforce
from groups import actions, rules
from groups.calendar import next_meetings
from groups.finding import groups_of
from groups.forms.supporters import HELPS, TO_WHOEVER_HELPS, SupporterForm
from groups.models import Seat, Supporter

SHOWN = 10


def supporters(request: AgencyRequest) -> HttpResponse:
    """Who helps the member, whom they help, and a form to ask somebody."""
    member = request.member
    enforce(rules.naming_supporter(member))
    form = SupporterForm.from_request(request, members=_candidates(request))

    def act(form: SupporterForm) -> tuple[str, str]:
        row = actions.name_supporter(form.answers["supporter"], **form.ticked, by=member)
        return at(request.agency, "groups:supporter", pk=row.pk), _(
            "You asked them. They can say yes or no."
        )

    if answer := submit(request, form, act):
        return answer
    rows = rules.shown_supporters(member).open().select_related("member", "supporter")
    mine = rows.order_by("pk")
    found = few([_line(each, member) for each in mine], SHOWN)
    return render(request, "groups/supporters.html", {"form": form, "links": found})


def _title(row: Supporter, reader: Member) -> str:
    own = row.member_id == reader.pk
    words = _("%(name)s helps you") if own else _("You help %(name)s")
    if row.accepted_on is None:
        words = _("You asked %(name)s") if own else _("%(name)s asks you to help")
    return words % {"name": row.supporter if own else row.member}


def _line(row: Supporter, reader: Member) -> PageLink:
    return PageLink(_title(row, reader), at(reader.agency, "groups:supporter", pk=row.pk))


def _candidates(request: AgencyRequest) -> TenantQuerySet[Member]:
    """People with a seat in some group that the reader may know of, whose names they read there."""
    today = request.agency.today()
    seats = Seat.objects.within(request.agency).on(today).filter(group__in=groups_of(request))
    members = Member.objects.within(request.agency).on(today).filter(user__isnull=False)
    members = members.filter(erased_at=None, pk__in=seats.values("member"))
    return members.exclude(pk=request.member.pk).order_by("shown_name", "pk")


def _row(request: AgencyRequest, pk: int) -> Supporter:
    """Only the two people find it, while it lasts."""
    member = request.member
    rows = rules.shown_supporters(member).open().select_related("member", "supporter")
    row: Supporter = get_object_or_404(rows, pk=pk)
    row.agency = row.member.agency = row.supporter.agency = request.agency
    return row


def supporter(request: AgencyRequest, pk: int) -> HttpResponse:
    """For whoever was asked: yes or no. Afterwards: what they may see, and one tap to end it."""
    row, member = _row(request, pk), request.member
    if row.supporter_id == member.pk and row.accepted_on is None:
        return _asked(request, row)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.end_support(row, by=member)
        return at(request.agency, "groups:supporters"), _ended(row, member)

    if answer := submit(request, form, act):
        return answer
    dates = None
    if row.supporter_id == member.pk and rules.seeing_dates(row, member) is None:
        access.log(by=member, about=row.member, what="meeting dates")
        most = SHOWN if row.sees_dates else 1
        dates = few(next_meetings(row.member, request.agency.today()), most)
    enters = rules.entering_away(row, member) is None
    context = {
        "form": form,
        "row": row,
        "title": _title(row, member),
        "helps": _ticked(row, member),
        "own": row.member_id == member.pk,
        "dates": dates,
        "enters": enters,
    }
    return render(request, "groups/supporter.html", context)


def _ended(row: Supporter, reader: Member) -> str:
    name = {"name": row.supporter if row.member_id == reader.pk else row.member}
    if row.accepted_on is None:
        return _("You no longer ask %(name)s.") % name
    own = row.member_id == reader.pk
    return (_("%(name)s no longer helps you.") if own else _("You no longer help %(name)s.")) % name


def _ticked(row: Supporter, reader: Member) -> list[str]:
    own = dict(HELPS) if row.member_id == reader.pk else TO_WHOEVER_HELPS
    return [str(words) for code, words in own.items() if getattr(row, code)]


def _asked(request: AgencyRequest, row: Supporter) -> HttpResponse:
    member = request.member
    form = PortalForm.from_request(request)
    refusal = rules.agreeing_to_support(row, member)

    def act(form: PortalForm) -> tuple[str, str]:
        if "no" in request.POST or refusal is not None:
            actions.end_support(row, by=member)
            return at(request.agency, "groups:supporters"), _("Thank you. We tell them.")
        actions.agree_to_support(row, by=member)
        return at(request.agency, "groups:supporter", pk=row.pk), _(
            "Thank you. You help them from now on."
        )

    text = [_("This is what they ask you for:"), *_ticked(row, member)]
    text.append(_("They see each time that you look. You can both end it at any time."))
    if refusal is not None:
        text = [str(refusal.reason), str(refusal.instead)]
    return ask(
        request,
        form,
        act,
        title=_("Will you help %(name)s?") % {"name": row.member},
        text=text,
        button=_("Say no") if refusal is not None else _("Yes, I will"),
        secondary="" if refusal is not None else _("No"),
        secondary_name="no",
        back=at(request.agency, "groups:supporters"),
        back_text=_("Back to who helps me"),
    )


def away_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """Enter that the person is away; they asked for it, and are told."""
    row = _row(request, pk)
    enforce(rules.entering_away(row, request.member))
    if request.method == "GET":
        access.log(by=request.member, about=row.member, what="away")
    here, back = (at(request.agency, name, pk=pk) for name in _AWAY)
    leads_back = at(request.agency, "groups:supporter", pk=pk)
    return away_page(request, row.member, here, back, leads_back)


def back_for(request: AgencyRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    enforce(rules.entering_away(row, request.member))
    return come_back_page(request, row.member, at(request.agency, _AWAY[0], pk=pk))


_AWAY = ("groups:away_for", "groups:back_for")
