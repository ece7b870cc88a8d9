from django.urls import path

from evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.record, name="record"),
    path("check/", views.check_all, name="check"),
]
