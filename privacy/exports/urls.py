from django.urls import path

from privacy.exports import views

urlpatterns = [
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/copy.zip", views.download, name="download_my_data"),
    path("my-data/delete/", views.delete, name="delete_my_data"),
]
