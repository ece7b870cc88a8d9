"""The product's addresses, and one-click sign-in for the demo's personas."""

from django.urls import URLPattern, URLResolver, include, path

from cqi_portal.urls import handler403

# Django reads error handlers only from this module: without it, refusals lose their words.
__all__ = ["handler403", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("demo/", include("devtools.demo.urls")),
    path("", include("cqi_portal.urls")),
]
