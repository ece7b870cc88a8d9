"""The settings of the bench: as in production, with the bench page and without a broker.

Middleware, pool, template loader and `DEBUG = False` are the product's. Static files keep their
names, jobs run where they are asked for, and only warnings are logged.
"""

from devtools.settings import *  # noqa: F403
from devtools.settings import BASE_DIR as _ROOT
from devtools.settings import LOGGING as _LOGGING
from devtools.settings import MIDDLEWARE as _MIDDLEWARE

MIDDLEWARE = [each for each in _MIDDLEWARE if not each.startswith("devtools.")]
ROOT_URLCONF = "devtools.bench.urls"
LOGGING = {**_LOGGING, "root": {"handlers": ["stderr"], "level": "WARNING"}}
# WhiteNoise knows its files from the start, as in production.
STATIC_ROOT = _ROOT / "static"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
