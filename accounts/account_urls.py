"""Pages of one's own account that allauth has not, under /account/."""

from django.urls import path

from accounts.views import account

urlpatterns = [
    path("stay/", account.stay, name="account_stay"),
    path("second-factor/", account.second_factor_needed, name="account_second_factor"),
]
