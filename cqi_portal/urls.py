"""All addresses: agency pages (/a/), open pages (/o/) and account pages."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from cqi_portal import views

handler403 = "cqi_portal.views.refused"


def _mounted(module: str) -> list[URLResolver]:
    """Mount each product app's URLs of this kind under the app's own name."""
    found = []
    for config in apps.get_app_configs():
        if (
            config.name in settings.PORTAL_APPS
            and config.module is not None
            and module_has_submodule(config.module, module)
        ):
            import_module(f"{config.name}.{module}")
            found.append(path(f"{config.label}/", include(f"{config.name}.{module}")))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("healthz/ready", views.healthz_ready, name="healthz_ready"),
    path("", views.way_in, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/promises/", views.what_we_promise, name="promises"),
    path("a/<slug:agency>/", views.home, name="home_of"),
    path("a/<slug:agency>/help/", views.help_page, name="help"),
    path("a/<slug:agency>/help/<slug:guide>/", views.guide, name="guide"),
    path("a/<slug:agency>/settings/", views.settings, name="settings"),
    path("a/<slug:agency>/", include(_mounted("urls"))),
    path("o/", include(_mounted("open_urls"))),
    path("account/", include("accounts.account_urls")),
]
