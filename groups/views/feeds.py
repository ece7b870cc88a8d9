"""A person's address for calendar programs, and what such a program gets there."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation import flood, tenancy
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from groups import actions, feeds, rules
from groups.actions.feeds import feed_of
from groups.forms.feeds import PLACE, TIME, FeedForm
from groups.models import CalendarFeed
from groups.policies import FEED_READS, FEED_WRONG


@never_cache
def calendar_feed(request: AgencyRequest) -> HttpResponse:
    """The present address, without showing it, and a form to make a new one, which is shown."""
    enforce(rules.having_feed(request.member))
    feed = feed_of(request.member)
    form = FeedForm.from_request(
        request, initial={"shows": PLACE if feed is not None and feed.shows_place else TIME}
    )
    here = at(request.agency, "groups:calendar_feed")

    def act(form: FeedForm) -> str:
        made = feeds.digest(feeds.token(form.cleaned_data["submission"]))
        actions.make_feed(token_digest=made, shows_place=form.shows_place, by=request.member)
        return here

    answer = submit(request, form, act)
    if answer is not None:
        token = feeds.token(form.cleaned_data["submission"])
        feed = feed_of(request.member)
        if feed is None or feed.token_digest != feeds.digest(token):
            return answer
        address = request.build_absolute_uri(reverse("groups_open:feed", args=[token]))
        return render(
            request,
            "groups/calendar_address.html",
            {"address": address, "back": here},
        )
    return render(request, "groups/calendar_feed.html", {"form": form, "feed": feed})


def end_calendar_feed(request: AgencyRequest) -> HttpResponse:
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.end_feed(by=request.member)
        return at(request.agency, "groups:calendar_feed"), _("The address does not work any more.")

    return ask(
        request,
        form,
        act,
        tab=_("Stop the address"),
        title=_("Stop the address of your calendar?"),
        text=[_("Phones and programs that use it get nothing more. You can make a new one.")],
        button=_("Stop it"),
        kind="warning",
        back=at(request.agency, "groups:calendar_feed"),
        back_text=_("Back"),
    )


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for whoever has the address: 404 for any that is wrong or was stopped."""
    found = feeds.find(token)
    if found is None:
        if flood.too_many(request, "calendar", limit=FEED_WRONG.value):
            return _too_often()
        raise Http404
    if flood.too_many(request, f"calendar {feeds.digest(token)}", limit=FEED_READS.value):
        return _too_often()
    agency, key = found
    with tenancy.entering(agency):
        row = CalendarFeed.objects.within(agency).get(pk=key)
        member = feeds.reader(row)
        if member is None:
            raise Http404
        text = feeds.calendar(row, member, now())
        actions.note_read(row)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()}"'
    response = HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={
            "ETag": etag,
            "Cache-Control": "private, no-cache",
            "X-Robots-Tag": "noindex",
            "Content-Disposition": 'inline; filename="meetings.ics"',
        },
    )
    return get_conditional_response(request, etag=etag, response=response) or response


def _too_often() -> HttpResponse:
    return HttpResponse(status=429, headers={"Retry-After": str(flood.HOUR)})
