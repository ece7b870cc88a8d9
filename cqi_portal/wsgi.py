"""The WSGI application; on an unfit database it prints one line with the reason and exits."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqi_portal.settings")

application = get_wsgi_application()


def _refuse_what_does_harm() -> None:
    from cqi_portal.health import NotFit, refuse_what_does_harm  # Import late: it needs the apps.

    try:
        refuse_what_does_harm()
    except NotFit as reason:
        sys.exit(f"The portal does not start. {reason}")


_refuse_what_does_harm()
