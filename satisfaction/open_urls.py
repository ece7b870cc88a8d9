from django.urls import path

from satisfaction.views import open as open_pages

app_name = "satisfaction_open"
urlpatterns = [
    path("survey/", open_pages.code, name="code"),
    path("survey/thanks/", open_pages.thanks, name="thanks"),
    path("survey/<slug:code>/", open_pages.survey, name="survey"),
]
