"""The product's addresses, and one-click sign-in for the demo's personas."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# Django looks for it in the root's own module: without it refusals lose their words here.
from cqi_portal.urls import handler403

__all__ = ["handler403", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [path("", include("cqi_portal.urls"))]

if find_spec("devtools.demo.urls"):
    urlpatterns.insert(0, path("demo/", include("devtools.demo.urls")))
