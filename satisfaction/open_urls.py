from django.urls import path

from satisfaction.views import open as open_pages
from satisfaction.views import steps

app_name = "satisfaction_open"
urlpatterns = [
    path("survey/", open_pages.code, name="code"),
    path("survey/thanks/", open_pages.thanks, name="thanks"),
    path("survey/<slug:code>/", steps.survey, name="survey"),
    path("survey/<slug:code>/all/", open_pages.whole, name="whole"),
]
