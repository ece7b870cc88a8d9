from django.urls import path

from privacy.orders import views

urlpatterns = [
    path("orders/", views.orders, name="orders"),
    path("orders/enter/", views.enter, name="enter_order"),
    path("orders/<legal_order:pk>/", views.order, name="order"),
    path("orders/<legal_order:pk>/answer/", views.answer, name="answer_order"),
    path("orders/<legal_order:pk>/told/", views.told, name="tell_order"),
]
