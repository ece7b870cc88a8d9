"""Pages open to anybody, signed in or not, that leave no trace of their visitors."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def unmarked(view: View) -> View:
    """Keep no trace of the visit in browser, session or log.

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

    return never_cache(seen)


def untraced(view: View) -> View:
    """The same for a page that requires no sign-in."""
    return login_not_required(unmarked(view))
