from django.urls import path

from privacy.agreements import views

urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/record/", views.record, name="record_agreement"),
    path("agreements/part-2/", views.part2, name="part2"),
    path("agreements/practice/", views.make_real, name="make_real"),
    path("agreements/<data_agreement:pk>/", views.one, name="agreement"),
    path("agreements/<data_agreement:pk>/end/", views.end, name="end_agreement"),
]
