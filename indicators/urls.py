from django.urls import path

from indicators.views import dashboard, indicator, settings

app_name = "indicators"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("print/", dashboard.printed, name="print"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<slug:area>/<slug:term>/", settings.change_value, name="setting"),
    path(
        "settings/<slug:area>/<slug:term>/preview/",
        settings.preview_value,
        name="setting_preview",
    ),
    path("settings/<slug:area>/<slug:term>/date/", settings.date_value, name="setting_date"),
    path("<slug:code>/", indicator.indicator, name="indicator"),
    path("<slug:code>/csv/", indicator.as_csv, name="csv"),
]
