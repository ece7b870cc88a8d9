"""Open pages for invited people; whoever has the code may use them."""

from django.urls import path

from accounts.views import invitation

app_name = "invitations"
urlpatterns = [
    path("invitation/", invitation.enter_code, name="code"),
    path("invitation/<slug:token>/", invitation.what_it_is, name="invitation"),
    path("invitation/<slug:token>/no/", invitation.say_no, name="say_no"),
    path("invitation/<slug:token>/about-you/", invitation.about_you, name="about_you"),
    path("invitation/<slug:token>/agree/", invitation.agree, name="agree"),
]
