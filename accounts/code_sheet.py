"""The page with a sheet of printed sign-in codes, shown once."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.models import User
from foundation import codes
from foundation.pages import render


def code_sheet(request: HttpRequest, user: User, sheet: list[str], onward: str) -> HttpResponse:
    """The page to print; no other page ever shows these codes."""
    shown = [codes.shown(code) for code in sheet]
    context = {
        "codes": shown,
        "member_name": user.member_name,
        "address": request.build_absolute_uri(reverse("account_codes")).partition("://")[2],
        "onward": onward,
    }
    return render(request, "accounts/code_sheet.html", context)
