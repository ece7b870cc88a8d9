"""The settings of the test suite; devtools.pytest_plugin starts the servers and names them."""

from devtools.settings import *  # noqa: F403
from devtools.settings import DATABASES as _DATABASES

DATABASES = {
    alias: {**database, "ENGINE": "devtools.postgresql", "OPTIONS": {}, "CONN_MAX_AGE": 0}
    for alias, database in _DATABASES.items()
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
