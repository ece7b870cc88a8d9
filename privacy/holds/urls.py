from django.urls import path

from privacy.holds import views

urlpatterns = [
    path("holds/", views.holds, name="holds"),
    path("holds/set/", views.scopes, name="choose_hold"),
    path("holds/set/<slug:scope>/", views.hold, name="set_hold"),
    path("holds/<legal_hold:pk>/", views.one, name="hold"),
    path("holds/<legal_hold:pk>/end/", views.end, name="end_hold"),
]
