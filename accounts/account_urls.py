"""Pages of one's own account that allauth has not, or that take the place of its own."""

from django.urls import path

from accounts.views import account, codes

urlpatterns = [
    path(
        "login/code/confirm/",
        codes.ConfirmLoginCodeView.as_view(),
        name="account_confirm_login_code",
    ),
    path(
        "confirm-email/",
        codes.ConfirmEmailCodeView.as_view(),
        name="account_email_verification_sent",
    ),
    path("stay/", account.stay, name="account_stay"),
    path("again/", account.sign_in_again, name="account_again"),
    path("second-factor/", account.second_factor_needed, name="account_second_factor"),
    path("codes/", account.sign_in_with_code, name="account_codes"),
    path("codes/print/", account.print_codes, name="account_print_codes"),
    path("ways/", account.ways_to_sign_in, name="account_ways"),
    path("agencies/", account.agencies, name="account_agencies"),
]
