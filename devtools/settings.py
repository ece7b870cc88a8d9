"""The product's settings for developers: nothing needs to be set, and personas can sign in."""

import os
from pathlib import Path

# Only for addresses that are never contacted (mypy, makemigrations); real ones come from outside.
DEVELOPMENT = {
    "SECRET_KEY": "for development only; every installation has its own",
    "DATABASE_URL": "postgresql://cqi_app@127.0.0.1:1/cqi",
    "DATABASE_OWNER_URL": "postgresql://cqi_owner@127.0.0.1:1/cqi",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    "BASE_URL": "http://127.0.0.1:8000",
    "EMAIL_URL": "console:",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
    "KEY_STORE": str(Path(__file__).parents[1] / "var" / "keys"),
}
_has_database = "DATABASE_URL" in os.environ
for _name, _value in DEVELOPMENT.items():
    os.environ.setdefault(_name, _value)

from cqi_portal.settings import *  # noqa: E402, F403
from cqi_portal.settings import DATABASES as _PRODUCT_DATABASES  # noqa: E402
from cqi_portal.settings import INSTALLED_APPS as _PRODUCT_APPS  # noqa: E402
from cqi_portal.settings import LOGGING as _PRODUCT_LOGGING  # noqa: E402
from cqi_portal.settings import MAILERS as _PRODUCT_MAILERS  # noqa: E402
from cqi_portal.settings import MIDDLEWARE as _PRODUCT_MIDDLEWARE  # noqa: E402
from cqi_portal.settings import STORAGES as _PRODUCT_STORAGES  # noqa: E402

INSTALLED_APPS = [*_PRODUCT_APPS, "devtools"]
MIDDLEWARE = ["devtools.counting.CountingMiddleware", *_PRODUCT_MIDDLEWARE]
ROOT_URLCONF = "devtools.urls"

DATABASES = _PRODUCT_DATABASES
if not _has_database:  # a pool would keep trying to connect
    DATABASES = {alias: {**known, "OPTIONS": {}} for alias, known in _PRODUCT_DATABASES.items()}

# Straight from the source folders: nothing to collect, and changes show at once.
STORAGES = {
    **_PRODUCT_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 0

# Each e-mail becomes a file here; the demo and the browser tests set it.
MAIL_FOLDER = os.environ.get("MAIL_FOLDER", "")
MAILERS = _PRODUCT_MAILERS
if MAIL_FOLDER:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": MAIL_FOLDER},
        }
    }

# Each text becomes a file here; without it they are kept in memory.
TEXT_FOLDER = os.environ.get("TEXT_FOLDER", "")
TEXTS = {"BACKEND": "devtools.texts.Folder", "OPTIONS": {"folder": TEXT_FOLDER}}

# Nobody's data is here: a developer reads whole errors.
LOGGING = {
    **_PRODUCT_LOGGING,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
}
