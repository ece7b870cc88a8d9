"""Open addresses: a calendar, for whoever has its address."""

from django.urls import path

from groups.views import feeds

app_name = "groups_open"
urlpatterns = [
    path("calendar/<slug:token>.ics", feeds.feed, name="feed"),
]
