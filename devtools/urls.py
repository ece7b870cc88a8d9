"""The product's addresses, and one-click sign-in for the demo's personas."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("demo/", include("devtools.demo.urls")),
    path("", include("cqi_portal.urls")),
]
