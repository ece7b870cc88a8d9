"""The product's addresses and the bench page."""

from django.urls import URLPattern, URLResolver, include, path

from cqi_portal.urls import handler403
from devtools.bench.views import bench_page

# Django reads error handlers only from this module: without it, refusals lose their words.
__all__ = ["handler403", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("a/<slug:agency>/bench/", bench_page, name="bench_page"),
    path("", include("cqi_portal.urls")),
]
