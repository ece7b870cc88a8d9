"""The people of an agency: the list, each person's page, entering and editing."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access, actions, rules
from accounts.actions.leaves import leave_of
from accounts.anybody import kept
from accounts.finding import person_of, person_to_change
from accounts.forms import PersonEditForm, PersonForm, SearchForm
from accounts.leaves import Leave
from accounts.models import Invitation, Member, MemberQuerySet, RoleGrant, Standing, StandingKind
from accounts.permissions import Role
from accounts.presenting import MemberRights
from accounts.presenting import member_page as presented
from foundation import prepared
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render
from foundation.paging import first_of, page_of
from foundation.refusals import enforce

PER_PAGE = 25


@require_safe
def people(request: AgencyRequest) -> HttpResponse:
    """Current and former members: standings, roles, and how they sign in."""
    enforce(rules.seeing_people(request.member))
    today = request.agency.today()
    search = SearchForm(request.GET)
    former = "former" in request.GET
    sought = search.cleaned_data.get("name", "") if search.is_valid() else ""
    found = SimpleLazyObject(
        partial(_found, request.agency, today, timezone.now(), sought, former=former)
    )
    first = None if sought or former else partial(_first_of, request.agency, today)
    page = page_of(request, found, PER_PAGE, first=first)
    members = list(page)
    access.log_all(by=request.member, about=members, what="people list")
    kinds = _kinds(members, today)
    head = [_("Name"), _("Full name"), _("Takes part as"), _("Roles"), _("Sign-in")]
    rows = [
        [
            {
                "text": member.shown_name,
                "href": at(request.agency, "accounts:member", pk=member.pk),
            },
            member.full_name,
            kinds.get(member.pk, ""),
            ", ".join(str(role.label) for role in sorted(member.roles)),
            sign_in_words(member),
        ]
        for member in members
    ]
    return render(
        request,
        "accounts/people.html",
        {
            "search": search,
            "sought": sought,
            "former": former,
            "head": head,
            "rows": rows,
            "page": page,
            "may_change": rules.managing_people(request.member) is None,
            "entering": rules.entering(request.member, today),
        },
    )


def _found(
    agency: Agency, on: date, moment: datetime, sought: str = "", *, former: bool = False
) -> MemberQuerySet:
    everybody = Member.objects.within(agency).with_roles(on)
    here = everybody.filter(until__lte=on) if former else everybody.exclude(until__lte=on)
    if sought:
        here = here.filter(Q(full_name__icontains=sought) | Q(shown_name__icontains=sought))
    invited = Invitation.objects.within(agency).open(moment)
    return here.annotate(is_invited=Exists(invited.filter(member=OuterRef("pk")))).order_by(
        "shown_name", "pk"
    )


def _first(agency: Agency) -> MemberQuerySet:
    """The first page of those who are here, with their number."""
    return first_of(_found(agency, prepared.DAY, prepared.MOMENT), PER_PAGE)


def _first_of(agency: Agency, on: date) -> list[Member]:
    values = {"agency": agency.pk, "day": on, "moment": timezone.now()}
    found: list[Member] = prepared.of_agency(_first).models(values)
    for member in found:
        member.agency = agency
    return found


def _standings(agency: Agency) -> QuerySet[Standing, tuple[int, str]]:
    held = Standing.objects.within(agency).on(prepared.DAY)
    held = held.filter(prepared.one_of_keys("member_id")).order_by("since")
    return held.values_list("member_id", "kind")


def _kinds(members: list[Member], on: date) -> dict[int, str]:
    """By member key, the standings of each that day, in words."""
    if not members:
        return {}
    agency, keys = members[0].agency_id, [member.pk for member in members]
    rows = prepared.of_agency(_standings).tuples({"agency": agency, "day": on, "keys": keys})
    held: dict[int, list[str]] = {}
    for member_id, kind in rows:
        held.setdefault(member_id, []).append(str(StandingKind(kind).label))
    return {member_id: ", ".join(kinds) for member_id, kinds in held.items()}


def sign_in_words(member: Member) -> str:
    """Whether somebody can sign in; for members with `is_invited`."""
    if member.user_id is not None:
        return _("Can sign in")
    return _("Invited") if member.is_invited else _("Not invited yet")  # type: ignore[attr-defined]


@require_safe
def member_page(request: AgencyRequest, pk: int) -> HttpResponse:
    """Everything known about a person; looking at it is logged."""
    member = person_of(request, pk)
    access.log(by=request.member, about=member, what="profile")
    by, today = request.member, request.agency.today()
    invitations = Invitation.objects.within(request.agency).filter(member=member)
    leave = leave_of(member)
    manages = member.erased_at is None and rules.managing_people(by) is None
    pause = rules.running_pause(member, today) if manages else None
    may = MemberRights(
        change=manages,
        invite=manages and rules.inviting(member, by, today, [pause] if pause else []) is None,
        away=member.pk != by.pk and rules.being_away(member, by, today) is None,
        # Who reads this is not paused: they would not get here.
        pause=rules.pausing(member, by, today, {member.pk} if pause else set()) is None,
        take_leave_back=leave is not None
        and rules.taking_leave_back(leave, member, by, today) is None,
        bring_back=rules.bringing_back(member, by, today) is None,
        end=rules.ending_membership(member, by, today) is None,
        erase=rules.erasing(member, by, today) is None,
    )
    page = presented(
        member,
        may,
        timezone.now(),
        invitation=invitations.unspent().order_by("-made_at").first(),
        pause=pause,
    )
    return render(
        request,
        "accounts/member.html",
        {
            "person": member,
            "page": page,
            "facts": _facts(member),
            "standings": _standing_rows(member, may_end=may.change),
            "grants": _role_rows(member, by=by if may.change else None),
            "leaves": _leave_rows(member),
        },
    )


def _facts(member: Member) -> list[dict[str, Any]]:
    facts = [
        {"key": _("Full name"), "value": member.full_name},
        {"key": _("Name shown to others"), "value": member.shown_name},
        {"key": _("How to reach them"), "value": member.contact or _("Not given")},
        {"key": _("Since"), "value": _day(member.since)},
    ]
    if member.until is not None:
        facts.append({"key": _("Until"), "value": _day(member.until)})
    if member.user is not None:
        way = _("With an e-mail address") if member.user.email else _("With a member name")
        facts.append({"key": _("Sign-in"), "value": way})
    return facts


def _leave_rows(member: Member) -> list[str]:
    """Leaves that changed past days or were withdrawn: what was recorded, when, by whom."""
    rows = []
    leaves = Leave.objects.within(member.agency).filter(member=member).select_related("by")
    for leave in leaves.select_related("taken_back_by").order_by("pk"):
        told = {
            "day": _day(leave.on),
            "entered": _day(leave.entered_on),
            "name": leave.by,
            "why": leave.get_why_display(),
        }
        if leave.why:
            rows.append(
                _(
                    "Corrected since: on %(entered)s %(name)s entered that they left on %(day)s. "
                    "%(why)s."
                )
                % told
            )
        if leave.taken_back_on is not None:
            told |= {"back": _day(leave.taken_back_on), "who": leave.taken_back_by}
            rows.append(_("%(who)s undid the departure of %(day)s on %(back)s.") % told)
        if leave.returned_on is not None:
            told |= {"back": _day(leave.returned_on)}
            rows.append(_("Was away from %(day)s until %(back)s.") % told)
    return rows


def _standing_rows(member: Member, *, may_end: bool) -> list[dict[str, Any]]:
    rows, today = [], member.agency.today()
    for standing in member.standings.order_by("-since", "pk"):
        kind = StandingKind(standing.kind)
        row: dict[str, Any] = {
            "key": kind.label,
            "value": _period(standing.since, standing.until, today),
        }
        if standing.employed_peer:
            row["key"] = _("%(kind)s, employed as a peer worker") % {"kind": kind.label}
        open_ = standing.until is None or standing.until > today
        if may_end and open_ and kind != StandingKind.UNDISCLOSED:
            url = at(member.agency, "accounts:end_standing", pk=standing.pk)
            row |= {"href": url, "action": _("End it")}
        rows.append(row)
    return rows


def _role_rows(member: Member, *, by: Member | None) -> list[dict[str, Any]]:
    """The roles, with a link to end each that `by` may end."""
    rows, today = [], member.agency.today()
    for grant in kept(_grants, member, today, ruled=False):
        grant.member = member
        said = _period(grant.since, grant.until, today)
        ahead = grant.until is None or grant.until > today >= grant.since
        if ahead and not vars(grant)["counts"]:
            said = _("%(period)s; it rests, since their seat there has ended") % {"period": said}
        row: dict[str, Any] = {"key": Role(grant.role).label, "value": said}
        if by is not None and rules.ending_role(grant, by, today) is None:
            url = at(member.agency, "accounts:end_role", pk=grant.pk)
            row |= {"href": url, "action": _("End it")}
        rows.append(row)
    return rows


def _grants(member: Member, on: date) -> QuerySet[RoleGrant]:
    """All roles that a member ever had, latest first; with `counts`, whether it does that day."""
    grants = RoleGrant.objects.within(member.agency).filter(member=member)
    counting = RoleGrant.objects.within(member.agency).on(on).filter(pk=OuterRef("pk"))
    return grants.annotate(counts=Exists(counting)).order_by("-since", "pk")


def _period(since: date, until: date | None, today: date) -> str:
    if until is None:
        return _("since %(since)s") % {"since": _day(since)}
    if until > today:
        return _("from %(since)s, ends %(until)s") % {"since": _day(since), "until": _day(until)}
    return _("from %(since)s, ended %(until)s") % {"since": _day(since), "until": _day(until)}


def _day(day: date) -> str:
    return date_format(day, "F j, Y")


def enter(request: AgencyRequest) -> HttpResponse:
    """Enter a new person; inviting them is the next step."""
    enforce(rules.entering(request.member, request.agency.today()))
    form = PersonForm.from_request(request, today=request.agency.today())

    def act(form: PersonForm) -> tuple[str, str]:
        said = form.answers
        member = actions.enter_member(
            by=request.member,
            name=said["name"],
            display_name=said["display_name"],
            addition=said["addition"],
            since=said["since"],
            standings=tuple(StandingKind(kind) for kind in said["standings"]),
            roles=tuple(Role(role) for role in said["roles"]),
            language=said["language"],
            contact=said["contact"],
        )
        url = at(request.agency, "accounts:member", pk=member.pk)
        return url, _("%(name)s is entered. You can invite them now.") % {"name": member}

    return ask(
        request,
        form,
        act,
        title=_("Add a person"),
        button=_("Add this person"),
        back=at(request.agency, "accounts:people"),
    )


def edit(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_to_change(request, pk)
    access.log(by=request.member, about=member, what="profile")
    initial = {
        "name": member.name,
        "display_name": member.display_name,
        "addition": member.addition,
        "language": member.language,
        "contact": member.contact,
        "version": member.version,
    }
    form = PersonEditForm.from_request(request, initial=initial)
    back = at(request.agency, "accounts:member", pk=pk)

    def act(form: PersonEditForm) -> tuple[str, str]:
        version = form.cleaned_data["version"]
        actions.change_member(member, by=request.member, version=version, **form.answers)
        return back, _("The change is kept.")

    return ask(
        request,
        form,
        act,
        title=_("Change what is written here"),
        button=_("Keep it"),
        back=back,
        rule=lambda: rules.changing(member, request.member),
    )
