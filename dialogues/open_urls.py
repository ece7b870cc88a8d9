from django.urls import path

from dialogues.views import open as open_pages

app_name = "dialogues_open"
urlpatterns = [
    path("voice/<slug:code>/", open_pages.voice, name="voice"),
    path("receipt/appeal/", open_pages.appeal, name="appeal"),
    path("receipt/", open_pages.receipt, name="receipt"),
]
