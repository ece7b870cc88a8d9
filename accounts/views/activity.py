"""The agency's activity, for those accountable for it, as far as they may see it."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import rules, titles
from accounts.activity import words
from accounts.anybody import kept
from accounts.forms import EventFilterForm
from accounts.models import Member, MemberQuerySet
from foundation import events, keys, links, prepared, redisclosure
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.links import Link
from foundation.models import Agency, Event, TenantQuerySet
from foundation.pages import render
from foundation.paging import first_of, page_of
from foundation.refusals import enforce
from foundation.spreadsheets import TOGETHER, CsvRow, streamed_csv

PER_PAGE = 25
# When an event was, and its key.
type Moment = tuple[datetime, int]


@require_safe
def activity(request: AgencyRequest) -> HttpResponse:
    enforce(rules.seeing_activity(request.member))
    people = _named(request.agency)
    form = EventFilterForm(request.GET, members=people, agency=request.agency)
    said = _said(form)
    latest = partial(kept, _latest, request.member, request.agency.today(), ruled=False)
    page = page_of(
        request,
        SimpleLazyObject(partial(_chosen, request, said)),
        PER_PAGE,
        first=None if any(said.values()) else latest,
    )
    names = _names(people)
    found = titles.named(((row.subject_type, row.subject_id) for row in page), request.member)
    chosen = request.GET.copy()
    chosen.pop("page", None)
    query = chosen.urlencode()
    return render(
        request,
        "accounts/activity.html",
        {
            "filter": form,
            "page": page,
            "head": [_("When"), _("Who"), _("What"), _("Where")],
            "rows": [_row(event, names, found, request) for event in page],
            "query": f"{query}&" if query else "",
            "csv_url": f"{at(request.agency, 'accounts:activity_csv')}?{query}",
        },
    )


@require_safe
def activity_csv(request: AgencyRequest) -> StreamingHttpResponse:
    """The same as a table for a spreadsheet, with codes."""
    enforce(rules.seeing_activity(request.member))
    people, zone = _named(request.agency), request.agency.zone
    form = EventFilterForm(request.GET, members=people, agency=request.agency)
    chosen, names = _chosen(request, _said(form)), _names(people)

    def row(event: Event) -> CsvRow:
        return [
            event.at.astimezone(zone).isoformat(timespec="seconds"),
            names.get(event.actor_id, ""),
            names.get(event.on_behalf_of_id, ""),
            event.name,
            words(event.name),
            event.subject_type,
            keys.code(event.subject_type, event.subject_id),
        ]

    def rows_after(place: Moment | None) -> tuple[list[CsvRow], Moment | None]:
        rest = chosen
        if place is not None:
            moment, pk = place
            earlier = Q(at__lt=moment) | Q(at=moment, pk__lt=pk)
            # The last condition says nothing new, but an index finds the place by it.
            rest = chosen.filter(earlier, at__lte=moment)
        found = list(rest[:TOGETHER])
        more = len(found) == TOGETHER
        return [row(each) for each in found], (found[-1].at, found[-1].pk) if more else None

    heads = ["when", "who", "on_behalf_of", "event", "words", "subject", "subject_id"]
    head = [*heads, redisclosure.notice(request.agency)]
    return streamed_csv("activity.csv", request.agency, head, rows_after)


@require_safe
def subject(request: AgencyRequest, pk: int) -> HttpResponse:
    """Redirect to the event's subject."""
    enforce(rules.seeing_activity(request.member))
    event = get_object_or_404(events.seen_by(request.member), pk=pk)
    link = links.link(event.subject_type, event.subject_id, request.member)
    if link is None:
        raise Http404
    return redirect(link.url)


def _people(agency: Agency) -> MemberQuerySet:
    """Everybody who was ever here, by name, with nothing but that."""
    return Member.objects.within(agency).only("shown_name").order_by("shown_name", "pk")


def _named(agency: Agency) -> list[Member]:
    found: list[Member] = prepared.of_agency(_people).models({"agency": agency.pk})
    return found


def _names(people: list[Member]) -> dict[int | None, str]:
    return {person.pk: str(person) for person in people}


def _said(form: EventFilterForm) -> dict[str, Any]:
    return form.cleaned_data if form.is_valid() else {}


def _seen(reader: Member) -> TenantQuerySet[Event]:
    """The events the reader may see, latest first."""
    return events.seen_by(reader).order_by("-at", "-pk")


def _latest(reader: Member, on: date) -> TenantQuerySet[Event]:
    """The first page of them, with their number; building this query takes longest."""
    return first_of(_seen(reader), PER_PAGE)


def _chosen(request: AgencyRequest, said: dict[str, Any]) -> TenantQuerySet[Event]:
    """The events the reader may see, filtered by the form."""
    found, zone = _seen(request.member), request.agency.zone
    if since := said.get("since"):
        found = found.filter(at__gte=datetime.combine(since, time.min, zone))
    if until := said.get("until"):
        found = found.filter(at__lt=datetime.combine(until + timedelta(days=1), time.min, zone))
    if actor := said.get("actor"):
        found = found.filter(actor=actor)
    return found


def _row(
    event: Event,
    names: dict[int | None, str],
    found: dict[tuple[str, int], Link],
    request: AgencyRequest,
) -> list[Any]:
    who = names.get(event.actor_id) or _("The portal")
    if event.on_behalf_of_id:
        who = _("%(who)s, for %(whom)s") % {"who": who, "whom": names[event.on_behalf_of_id]}
    where: Any = "\N{EN DASH}"
    if (link := found.get((event.subject_type, event.subject_id))) is not None:
        where = {"text": link.title, "href": link.url}
    elif links.found_singly(event.subject_type):
        url = at(request.agency, "accounts:activity_subject", pk=event.pk)
        where = {"text": _("Open"), "href": url}
    return [
        date_format(timezone.localtime(event.at, request.agency.zone), "F j, Y, P"),
        who,
        words(event.name),
        where,
    ]
