"""Pages that are for anybody, signed in or not, and leave no trace of who was there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def untraced(view: View) -> View:
    """No sign-in is asked for, and neither browser, session nor log keeps that somebody was here.

    For somebody who is signed in, the row of their session would otherwise be written beside what
    they just sent, and tell who it was and when.
    """

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        request.session.modified = False
        # Django would write the address and the time of a form with errors into the log.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return login_not_required(never_cache(seen))
