from django.urls import path

from indicators.views import dashboard, indicator, settings

app_name = "indicators"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("print/", dashboard.printed, name="print"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<slug:code>/<slug:setting>/", settings.change_value, name="setting"),
    path(
        "settings/<slug:code>/<slug:setting>/preview/",
        settings.preview_value,
        name="setting_preview",
    ),
    path("settings/<slug:code>/<slug:setting>/date/", settings.date_value, name="setting_date"),
    path("<slug:code>/", indicator.indicator, name="indicator"),
    path("<slug:code>/csv/", indicator.as_csv, name="csv"),
]
