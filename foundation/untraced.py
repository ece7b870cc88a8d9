"""Pages open to anybody, signed in or not, that leave no trace of their visitors."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def untraced(view: View) -> View:
    """Require no sign-in, and keep no trace of the visit in browser, session or log.

    For somebody signed in, their session row would otherwise be written at the moment of their
    answer, and reveal who sent it and when.
    """

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        request.session.modified = False
        # Django would log the address and the time of a form with errors.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return login_not_required(never_cache(seen))
