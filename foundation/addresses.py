from typing import Any

from django.urls import reverse

from foundation.models import Agency


def at(agency: Agency, name: str, **kwargs: Any) -> str:
    """The address of a page inside an agency."""
    return reverse(name, kwargs={"agency": agency.slug, **kwargs})
