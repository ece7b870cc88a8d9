from django.urls import path

from concerns.views import answer

app_name = "concerns_open"
urlpatterns = [
    path("answer/", answer.answer, name="answer"),
]
