from django.urls import path

from privacy.denials import views

urlpatterns = [
    path("not-right/", views.denials, name="denials"),
    path("not-right/look/<accesslog:pk>/", views.deny_look, name="deny_look"),
    path("not-right/entry/<event:pk>/", views.deny_entry, name="deny_entry"),
    path("not-right/<denial:pk>/", views.one, name="denial"),
    path("not-right/<denial:pk>/answer/", views.answer, name="answer_denial"),
]
