from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("waiting/", views.waiting_page, name="waiting"),
    path("<message:pk>/open/", views.open_message, name="open"),
    path("read/came-while-away/", views.read_what_came, name="read_what_came"),
    path("read/", views.read_all, name="read_all"),
]
