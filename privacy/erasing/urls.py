from django.urls import path

from privacy.erasing import views

urlpatterns = [
    path("erase-me/", views.erase_me, name="erase_me"),
    path("erase-me/take-back/", views.take_back, name="take_back_erasing"),
    path("erasures/<erasure:pk>/", views.erasure, name="erasure"),
    path("mentions/<mention:pk>/remove/", views.remove_name, name="remove_name"),
    path("mentions/<mention:pk>/leave/", views.leave, name="leave_mention"),
]
