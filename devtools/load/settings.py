"""The settings of the load test: as in production, with the bench page.

Static files keep their names, and only warnings are logged.
"""

from devtools.settings import *  # noqa: F403
from devtools.settings import BASE_DIR as _ROOT
from devtools.settings import LOGGING as _LOGGING
from devtools.settings import MIDDLEWARE as _MIDDLEWARE

MIDDLEWARE = [each for each in _MIDDLEWARE if not each.startswith("devtools.")]
ROOT_URLCONF = "devtools.bench.urls"
# Refused sign-ins are counted by the load test itself.
LOGGING = {**_LOGGING, "root": {"handlers": ["stderr"], "level": "CRITICAL"}}
# WhiteNoise knows its files from the start, as in production.
STATIC_ROOT = _ROOT / "static"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
