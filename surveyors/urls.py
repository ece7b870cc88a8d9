from django.urls import path

from surveyors import views

app_name = "surveyors"
urlpatterns = [
    path("", views.packet, name="packet"),
    path("packet.zip", views.as_zip, name="zip"),
    path("dashboard.pdf", views.dashboard_pdf, name="dashboard_pdf"),
    path("dashboard.csv", views.dashboard_csv, name="dashboard_csv"),
    path("dashboard.xlsx", views.dashboard_xlsx, name="dashboard_xlsx"),
]
