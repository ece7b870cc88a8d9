from django.urls import path

from satisfaction.views import rounds

app_name = "satisfaction"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("open/", rounds.open_round, name="open_round"),
    path("open/send/", rounds.send, name="send"),
    path("<surveyround:pk>/", rounds.result, name="results"),
    path("<surveyround:pk>/answer/", rounds.answer, name="answer"),
    path("<surveyround:pk>/remind/", rounds.remind, name="remind"),
    path("<surveyround:pk>/more-time/", rounds.extend, name="extend"),
    path("<surveyround:pk>/sheets/", rounds.sheets, name="sheets"),
    path("<surveyround:pk>/enter/", rounds.enter, name="enter"),
]
