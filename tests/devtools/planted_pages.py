"""The addresses of the bench, and two pages that cost far more than home."""

from django.http import HttpResponse
from django.urls import path

from cqi_portal import views
from cqi_portal.urls import handler403
from devtools.bench.urls import urlpatterns as of_the_bench
from foundation.http import AgencyRequest
from groups.models import Meeting

__all__ = ["handler403", "urlpatterns"]

MANY = 12


def home_that_takes_long(request: AgencyRequest) -> HttpResponse:
    """Build the page three times."""
    for _ in range(2):
        views.home(request)
    return views.home(request)


def home_that_asks_often(request: AgencyRequest) -> HttpResponse:
    """Ask for one row at a time."""
    meetings = Meeting.objects.within(request.agency)
    for key in list(meetings.values_list("pk", flat=True)[:MANY]):
        meetings.get(pk=key)
    return views.home(request)


urlpatterns = [
    path("a/<slug:agency>/slow/", home_that_takes_long),
    path("a/<slug:agency>/often/", home_that_asks_often),
    *of_the_bench,
]
