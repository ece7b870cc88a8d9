"""What the web server serves; on a database that does not fit, one line says why, and it ends."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqi_portal.settings")

application = get_wsgi_application()


def _refuse_what_does_harm() -> None:
    from cqi_portal.health import NotFit, refuse_what_does_harm  # Needs the apps.

    try:
        refuse_what_does_harm()
    except NotFit as reason:
        sys.exit(f"The portal does not start. {reason}")


_refuse_what_does_harm()
