"""Open addresses: what the gateway for texts reports back, signed with its secret."""

from django.urls import path

from notifications.views import sending

app_name = "notifications_open"
urlpatterns = [
    path("texts/", sending.report, name="text_report"),
]
