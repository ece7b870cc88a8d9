from django.urls import path

from satisfaction.views import rounds

app_name = "satisfaction"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("open/", rounds.open_round, name="open_round"),
    path("open/send/", rounds.send, name="send"),
    path("<int:pk>/", rounds.result, name="results"),
    path("<int:pk>/answer/", rounds.answer, name="answer"),
    path("<int:pk>/remind/", rounds.remind, name="remind"),
    path("<int:pk>/more-time/", rounds.extend, name="extend"),
    path("<int:pk>/sheets/", rounds.sheets, name="sheets"),
    path("<int:pk>/enter/", rounds.enter, name="enter"),
]
