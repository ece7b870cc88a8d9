from django.urls import path

from starters import views

app_name = "starters"
urlpatterns = [
    path("", views.texts, name="texts"),
    path("<slug:code>/", views.text, name="text"),
    path("<slug:code>/download/", views.text_file, name="text_file"),
]
