"""The product's addresses, and one-click sign-in for the demo's personas."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("cqi_portal.urls"))]

if find_spec("devtools.demo.urls"):
    urlpatterns.insert(0, path("demo/", include("devtools.demo.urls")))
