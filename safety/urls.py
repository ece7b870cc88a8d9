from django.urls import path

from safety import views

app_name = "safety"
urlpatterns = [
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/<slug:kind>/", views.enter, name="enter"),
    path("contacts/<slug:kind>/end/", views.end, name="end"),
    path("contact-me/", views.contact_me, name="contact_me"),
    path("calls/<int:pk>/", views.call, name="call"),
]
