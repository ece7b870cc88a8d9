"""A page that asks one thing: most changes to people are made on such a page."""

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.functional import Promise

from foundation.http import AgencyRequest
from foundation.pages import Destination, render, submit
from foundation.refusals import Refusal, enforce

Words = str | Promise


def ask[F: BaseForm](
    request: AgencyRequest,
    form: F,
    act: Callable[[F], Destination],
    *,
    title: Words,
    button: Words,
    back: str,
    text: Sequence[Words] = (),
    warning: Words = "",
    rule: Callable[[], Refusal | None] = lambda: None,
) -> HttpResponse:
    """Show the form under its title; when it is answered, act and lead on.

    `rule` is asked only before the page is drawn: the action asks it by itself, and a second
    click has to find where the first one led, though by now there may be nothing left to do.
    """
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "button": button,
        "back": back,
        "text": text,
        "warning": warning,
        "kind": "warning" if warning else "",
    }
    if answer := submit(request, form, act):
        return answer
    enforce(rule())
    return render(request, "asking.html", context)
