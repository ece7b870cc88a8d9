"""The product's settings on a developer's machine: nothing has to be set, personas can sign in."""

import os

# Only for addresses that are never reached (mypy, makemigrations); real ones come from outside.
DEVELOPMENT = {
    "SECRET_KEY": "for development only; every installation has its own",
    "DATABASE_URL": "postgresql://cqi_app@127.0.0.1:1/cqi",
    "DATABASE_OWNER_URL": "postgresql://cqi_owner@127.0.0.1:1/cqi",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    "BASE_URL": "http://127.0.0.1:8000",
    "EMAIL_URL": "console:",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
}
for _name, _value in DEVELOPMENT.items():
    os.environ.setdefault(_name, _value)

from cqi_portal.settings import *  # noqa: E402, F403
from cqi_portal.settings import INSTALLED_APPS as _PRODUCT_APPS  # noqa: E402

INSTALLED_APPS = [*_PRODUCT_APPS, "devtools"]
ROOT_URLCONF = "devtools.urls"
