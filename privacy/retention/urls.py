from django.urls import path

from privacy.retention import views

urlpatterns = [
    path("schedule/", views.schedule, name="schedule"),
    path("schedule/turn/", views.turn, name="turn_schedule"),
    path("schedule/due/", views.due, name="due"),
    path("schedule/runs/", views.runs, name="runs"),
    path("schedule/runs/<retention_run:pk>/", views.announced, name="announced"),
    path("schedule/runs/<retention_run:pk>/undo/", views.undo, name="undo_run"),
    path("schedule/of/<slug:code>/", views.kept_class, name="kept_class"),
    path("schedule/of/<slug:code>/change/", views.change, name="change_class"),
    path("schedule/of/<slug:code>/resume/", views.resume, name="resume_class"),
]
