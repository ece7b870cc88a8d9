"""Whether texts leave: for administrators, and what the gateway reports back."""

import json
import uuid
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from foundation import tenancy
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render
from foundation.refusals import enforce
from notifications import actions, gateway, numbers, rules
from notifications.actions.numbers import stop_number
from notifications.models import Stopped, TextMessage, Unsent
from notifications.policies import TEXTS_LATE

LONGEST = 10_000
# Words by which a reply ends texts, in capital letters.
STOP = frozenset(
    [
        "STOP",
        "STOPALL",
        "UNSUBSCRIBE",
        "CANCEL",
        "END",
        "QUIT",
        "REVOKE",
        "OPTOUT",
        "ALTO",
        "PARAR",
        "CANCELAR",
    ]
)


@require_safe
def text_sending(request: AgencyRequest) -> HttpResponse:
    """How many texts wait or could not be sent, and since when; nothing of who gets any."""
    enforce(rules.seeing_texts(request.member))
    rows = TextMessage.objects.within(request.agency)
    lately = timezone.now() - TEXTS_LATE.span
    sent: datetime | None = (
        rows.exclude(sent_at=None).order_by("-sent_at").values_list("sent_at", flat=True).first()
    )
    return render(
        request,
        "notifications/text_sending.html",
        {
            "is_there": gateway.is_there(),
            "last": sent,
            "tried": rows.filter(sent_at=None, given_up_at=None, attempts__gt=0).count(),
            "lost": rows.filter(given_up_why=Unsent.TRIES, given_up_at__gt=lately).count(),
            "days": TEXTS_LATE.value,
        },
    )


@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """What the gateway reports: a reply from a phone, or a text that did not arrive.

    `{"event": "reply", "from": "+1…", "text": …}` or `{"event": "failed", "id": …}`. A reply other
    than STOP is not kept. 403 if it is not signed with the secret, 422 if what sends STOP can't be
    read as a number.
    """
    if not gateway.is_there() or len(request.body) > LONGEST:
        return HttpResponse(status=404)
    if not gateway.is_signed(dict(request.headers), request.body, timezone.now()):
        return HttpResponse(status=403)
    try:
        told = json.loads(request.body)
        event, key = told["event"], uuid.UUID(str(told.get("id", uuid.UUID(int=0))))
    except (ValueError, KeyError, TypeError, AttributeError):
        return HttpResponse(status=400)
    if event == "reply" and _says_stop(str(told.get("text", ""))):
        number = numbers.reported(str(told.get("from", "")))
        if number is None:
            return HttpResponse(status=422)
        actions.stop_texts_to(number)
    elif event == "failed":
        _did_not_arrive(key)
    return HttpResponse(status=204)


def _says_stop(reply: str) -> bool:
    return "".join(letter for letter in reply.upper() if letter.isalpha()) in STOP


def _did_not_arrive(key: uuid.UUID) -> None:
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    with tenancy.across():
        rows = TextMessage.objects.across(agencies).filter(key=key)
        found = rows.values_list("agency_id", "pk").first()
    if found is None:
        return
    agency = agencies[found[0]]
    with tenancy.entering(agency):
        text = TextMessage.objects.within(agency).select_related("number").get(pk=found[1])
        stop_number(text.number, Stopped.UNREACHABLE)
