"""The request inside an agency."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from foundation.models import Agency

if TYPE_CHECKING:
    from accounts.models import Member


class AgencyRequest(HttpRequest):
    """A request under `/a/<slug>/`, once the middleware has found agency and member."""

    agency: Agency
    member: "Member"
