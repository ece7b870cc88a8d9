"""The member's own page: their data, who may see their standing, and who looked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import access, actions, activity, changes, rules
from accounts.forms import AdditionForm, ConsentForm, ProfileForm
from accounts.models import (
    AccessLog,
    Audience,
    Consent,
    EmailLevel,
    Invitation,
    Standing,
    StandingKind,
)
from foundation import links
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.models import Event, TenantQuerySet
from foundation.pages import render, submit
from foundation.paging import page_of

PER_PAGE = 25


@require_safe
def me(request: AgencyRequest) -> HttpResponse:
    member = request.member
    facts = [
        {"key": _("Name shown to others"), "value": member.shown_name},
        {"key": _("E-mails to you"), "value": EmailLevel(member.email_level).label},
        {"key": _("Other way to reach you"), "value": member.contact or _("Not given")},
        {"key": _("You take part as"), "value": ", ".join(_own_kinds(request)) or _("Not said")},
    ]
    return render(request, "accounts/me.html", {"facts": facts})


def edit_me(request: AgencyRequest) -> HttpResponse:
    form = ProfileForm.from_request(request, initial=ProfileForm.of(request.member))
    back = at(request.agency, "accounts:me")

    def act(form: ProfileForm) -> tuple[str, str]:
        said = form.answers
        actions.change_own_profile(
            by=request.member,
            version=form.cleaned_data["version"],
            display_name=said["display_name"],
            addition=said["addition"],
            language=said["language"],
            email_level=EmailLevel(said["email_level"]),
            contact=said["contact"],
        )
        return back, _("Your changes are kept.")

    return ask(
        request,
        form,
        act,
        title=_("Your name and how we reach you"),
        button=_("Keep my changes"),
        back=back,
    )


def tell_apart(request: AgencyRequest) -> HttpResponse:
    """What others see after a name that the member shares with somebody."""
    member = request.member
    initial = {"addition": member.addition, "version": member.version}
    form = AdditionForm.from_request(request, initial=initial)
    back = at(request.agency, "accounts:me")

    def act(form: AdditionForm) -> tuple[str, str]:
        version, addition = form.cleaned_data["version"], form.cleaned_data["addition"]
        now = actions.tell_oneself_apart(by=member, version=version, addition=addition)
        return back, _("Others now see you as %(name)s.") % {"name": now}

    return ask(
        request,
        form,
        act,
        title=_("What tells you apart"),
        button=_("Save"),
        back=back,
        text=[
            _("Others see you as %(name)s now.") % {"name": member},
            _(
                "When two people have the same name, everyone needs to see who is who. You choose "
                "what others see. You can change it at any time."
            ),
        ],
    )


def my_standing(request: AgencyRequest) -> HttpResponse:
    """The member's recorded standing; they can say that they prefer not to say."""
    silent = rules.prefers_not_to_say(request.member, request.agency.today())
    form = PortalForm.from_request(request)
    back = at(request.agency, "accounts:me")

    def act(form: PortalForm) -> tuple[str, str]:
        if request.POST.get("to") == "speak":
            actions.let_standing_be_written(by=request.member)
            return back, _("Thank you. The staff can write it down again.")
        actions.prefer_not_to_say(by=request.member)
        return back, _("From now on, we write down nothing about this.")

    return submit(request, form, act) or render(
        request,
        "accounts/my_standing.html",
        {"form": form, "kinds": _own_kinds(request), "silent": silent},
    )


def _own_kinds(request: AgencyRequest) -> list[str]:
    standings = Standing.objects.within(request.agency).on(request.agency.today())
    kinds = standings.filter(member=request.member).order_by("since", "pk")
    return [str(StandingKind(kind).label) for kind in kinds.values_list("kind", flat=True)]


def my_consents(request: AgencyRequest) -> HttpResponse:
    """Who may see the member's standing; given and withdrawn here."""
    form = ConsentForm.from_request(request)
    here = at(request.agency, "accounts:my_consents")

    def act(form: ConsentForm) -> tuple[str, str]:
        audience = Audience(form.answers["audience"])
        actions.give_consent(request.member, audience=audience, by=request.member)
        return here, _("They may see it now. You can take it back at any time.")

    if answer := submit(request, form, act):
        return answer
    given = Consent.objects.within(request.agency).on(request.agency.today())
    rows = [
        {
            "pk": consent.pk,
            "words": _audience_words(consent, request),
            "since": consent.since,
            "form": PortalForm(),
        }
        for consent in given.filter(member=request.member).order_by("since", "pk")
    ]
    return render(request, "accounts/my_consents.html", {"form": form, "rows": rows})


def _audience_words(consent: Consent, request: AgencyRequest) -> str:
    if consent.audience == Audience.GROUP:
        group = links.link("group", consent.group_id, request.member)
        if group is not None:
            return _("The people in %(group)s") % {"group": group.title}
    return str(Audience(consent.audience).label)


@require_POST
def take_back(request: AgencyRequest, pk: int) -> HttpResponse:
    mine = Consent.objects.within(request.agency).filter(member=request.member)
    consent = get_object_or_404(mine, pk=pk)
    form = PortalForm.from_request(request)
    here = at(request.agency, "accounts:my_consents")

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_back(consent, by=request.member)
        return here, _("They can’t see it any more.")

    return submit(request, form, act) or my_consents(request)


@require_safe
def who_looked(request: AgencyRequest) -> HttpResponse:
    """Who read the member's data, by day, and what others entered for them."""
    looks = page_of(request, _looks(request), PER_PAGE)
    entries = page_of(request, _entries(request), PER_PAGE, parameter="entries")
    return render(
        request,
        "accounts/who_looked.html",
        {
            "page": looks,
            "looks": [_look(each) for each in looks],
            "entries_page": entries,
            "entries": [_entry(each, request) for each in entries],
        },
    )


@dataclass(frozen=True)
class DoneWithMine:
    """Something that others did with a member's data, as a sentence.

    `kind` and `pk`: the log's line or the event that says so, for those who object to it.
    """

    words: str
    kind: str
    pk: int


def _look(look: dict[str, Any]) -> DoneWithMine:
    day = date_format(look["day"], "F j, Y")
    who = look["reader__shown_name"]
    words = access.sentence(look["what"], who=who, day=day, times=look["times"])
    return DoneWithMine(words, "look", look["last"])


def _entry(event: Event, request: AgencyRequest) -> DoneWithMine:
    told = {
        "day": date_format(event.at.astimezone(request.agency.zone), "F j, Y"),
        "who": event.actor,
        "what": activity.plain_words(event.name),
    }
    return DoneWithMine(_("%(day)s: %(who)s %(what)s, for you.") % told, "entry", event.pk)


def _looks(request: AgencyRequest) -> QuerySet[AccessLog, Any]:
    day = TruncDate("at", tzinfo=request.agency.zone)
    mine = AccessLog.objects.within(request.agency).filter(about=request.member)
    by_day = mine.annotate(day=day).values("day", "reader__shown_name", "reader", "what")
    counted = by_day.annotate(times=Count("pk"), last=Max("pk"))
    return counted.order_by("-day", "reader__shown_name", "what", "reader")


def _entries(request: AgencyRequest) -> TenantQuerySet[Event]:
    return changes.entered_for(request.member).select_related("actor")


@require_safe
def welcome(request: AgencyRequest) -> HttpResponse:
    """The end of an invitation: what comes next, and whom to ask."""
    accepted = Invitation.objects.within(request.agency).filter(member=request.member)
    invitation = accepted.exclude(accepted_at=None).select_related("invited_by").last()
    return render(request, "accounts/welcome.html", {"invitation": invitation})
