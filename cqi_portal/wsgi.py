"""The WSGI application; on an unfit database it prints one line with the reason and exits."""

import gc
import os
import sys
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

from foundation.call_stack import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqi_portal.settings")

_handler = get_wsgi_application()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request."""
    return with_room(_handler, environ, start_response)


def _refuse_what_does_harm() -> None:
    from cqi_portal.health import NotFit, refuse_what_does_harm  # Import late: it needs the apps.

    try:
        refuse_what_does_harm()
    except NotFit as reason:
        sys.exit(f"The portal does not start. {reason}")


_refuse_what_does_harm()
# What was loaded by now stays. Python would look through all of it for garbage every few thousand
# requests, while somebody waits for a page.
gc.collect()
gc.freeze()
