from django.urls import path

from satisfaction.views import reflections, rounds, tables

app_name = "satisfaction"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("together/", reflections.reflections, name="reflections"),
    path("together/write/", reflections.write, name="write_reflection"),
    path("together/say/", reflections.say, name="say_of_reflection"),
    path("together/release/", reflections.release, name="release_reflection"),
    path("open/", rounds.open_round, name="open_round"),
    path("open/send/", rounds.send, name="send"),
    path("<survey_round:pk>/", rounds.result, name="results"),
    path("<survey_round:pk>/numbers.csv", tables.results_csv, name="results_csv"),
    path("<survey_round:pk>/answer/", rounds.answer, name="answer"),
    path("<survey_round:pk>/clear/", rounds.clear, name="clear"),
    path("<survey_round:pk>/roster/", rounds.roster, name="roster"),
    path("<survey_round:pk>/remind/", rounds.remind, name="remind"),
    path("<survey_round:pk>/more-time/", rounds.extend, name="extend"),
    path("<survey_round:pk>/sheets/", rounds.sheets, name="sheets"),
    path("<survey_round:pk>/enter/", rounds.enter, name="enter"),
]
