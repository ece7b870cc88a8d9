from django.urls import path

from dialogues.told_back import views as told_back
from dialogues.voices import views as voices

app_name = "dialogues_open"
urlpatterns = [
    path("voice/<slug:code>/", voices.voice, name="voice"),
    path("receipt/appeal/", told_back.appeal, name="appeal"),
    path("receipt/", told_back.receipt, name="receipt"),
]
