"""What erasing does, on the page that asks for it; and the way to a person's own page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import access, former
from foundation import slots
from foundation.http import AgencyRequest
from privacy.erasing.foreseeing import preview


def _before(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    access.log(by=request.member, about=subject, what="profile")
    return "privacy/erasing/preview.html", {"preview": preview(subject, request.member)}


def _own(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    return "privacy/erasing/to_erase_me.html", {}


slots.register("accounts.erase", _before)
slots.register("accounts.me", _own)
former.register(
    "privacy:erase_me",
    _("Erase my information"),
    _("What would go, what must stay, and how to ask for it."),
    "privacy:take_back_erasing",
)
