"""The product's addresses, and one-click sign-in for the demo's personas."""

from django.urls import URLPattern, URLResolver, include, path

from cqi_portal.urls import handler403
from devtools import persona_pages

__all__ = ["handler403", "urlpatterns"]

demo = [
    path("", persona_pages.personas, name="personas"),
    path("<slug:slug>/<int:pk>/", persona_pages.become, name="become"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("demo/", include((demo, "demo"))),
    path("", include("cqi_portal.urls")),
]
