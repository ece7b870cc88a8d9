"""The one place where an address becomes an agency and a member, or 404."""

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import Member
from accounts.request_annotations import request_annotations
from foundation import tenancy

AGENCY_PATH = re.compile(r"^/a/(?P<slug>[-\w]+)/")


class AgencyMiddleware:
    """Enters the agency of `/a/<slug>/…` for its members; for others it does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.agency = None  # type: ignore[attr-defined]
        request.member = None  # type: ignore[attr-defined]
        found = AGENCY_PATH.match(request.path_info)
        if found is None or not request.user.is_authenticated:
            # Without a sign-in, LoginRequiredMiddleware answers, the same for every agency.
            return self.get_response(request)
        with tenancy.entering_by(found["slug"]) as agency:
            if agency is None:
                raise Http404
            today = agency.today()
            members = Member.objects.within(agency).on(today).with_roles(today)
            member = (
                members.annotate(**request_annotations(agency)).filter(user=request.user).first()
            )
            if member is None:
                raise Http404
            member.agency = agency
            member.user = request.user
            request.agency = agency  # type: ignore[attr-defined]
            request.member = member  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        kwargs.pop("agency", None)
