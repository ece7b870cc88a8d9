"""The settings of the load test: those of the bench, with a worker for the jobs."""

from devtools.bench.settings import *  # noqa: F403
from devtools.bench.settings import LOGGING as _LOGGING

# Refused sign-ins are counted by the load test itself.
LOGGING = {**_LOGGING, "root": {"handlers": ["stderr"], "level": "CRITICAL"}}
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = False
