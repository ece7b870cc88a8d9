from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

from foundation.models import Agency


def at(agency: Agency, name: str, **kwargs: Any) -> str:
    """The address of a page inside an agency."""
    installed = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), settings.SECRET_KEY)
    return _kept(installed, name, agency=agency.slug, **kwargs)


# Each page writes its whole navigation. Typed: True is no key, though it equals one.
@lru_cache(maxsize=8192, typed=True)
def _kept(_installed: tuple[Any, ...], name: str, /, **kwargs: Any) -> str:
    """An address, which follows from its name and values, from the routes and from the secret."""
    return reverse(name, kwargs=kwargs)
