"""The bench page: what all other pages are compared with.

Never edit this file or its template: figures of different days would no longer compare. A test
knows their checksum. It asks for the session, the agency and the member, as each page does, and for
twenty rows.
"""

from django.http import HttpResponse
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from accounts.models import Member
from foundation.http import AgencyRequest

ROWS = 20


@require_safe
def bench_page(request: AgencyRequest) -> HttpResponse:
    """Twenty people of the agency, in a table of three columns."""
    people = Member.objects.within(request.agency).order_by("pk")
    rows = people.values_list("pk", "display_name", "since")[:ROWS]
    # Without a request: the product's context processors may change.
    return HttpResponse(get_template("bench/page.html").render({"rows": rows}))
