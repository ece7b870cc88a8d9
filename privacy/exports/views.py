"""A copy of what is kept about oneself: asked for, downloaded, deleted."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from privacy.exports import actions, rules
from privacy.exports.models import DataCopy, DataCopyQuerySet
from privacy.exports.policies import COPY_WAITS


def _mine(request: AgencyRequest) -> DataCopyQuerySet:
    rows: DataCopyQuerySet = DataCopy.objects.within(request.agency)
    return rows.filter(member=request.member)


@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: AgencyRequest) -> HttpResponse:
    """How the copy is coming along, or the button that asks for one."""
    today, page = request.agency.today(), at(request.agency, "privacy:my_data")
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.ask(by=request.member)
        return page, _("We’re making your copy. You’ll get a message as soon as it’s ready.")

    if answer := submit(request, form, act):
        return answer
    copy = _mine(request).defer("content").first()
    is_over = copy is not None and copy.expires_on is not None and copy.expires_on <= today
    return render(
        request,
        "privacy/exports/my_data.html",
        {
            "form": form,
            "copy": None if is_over else copy,
            "days": COPY_WAITS.value(request.agency, today),
        },
    )


@require_safe
def download(request: AgencyRequest) -> HttpResponse:
    today = request.agency.today()
    copy = get_object_or_404(_mine(request))
    enforce(rules.opening(copy, request.member, today))
    answer = HttpResponse(bytes(copy.content or b""), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="my-data-{today.isoformat()}.zip"'
    return answer


def delete(request: AgencyRequest) -> HttpResponse:
    copy = _mine(request).defer("content").first()
    page = at(request.agency, "privacy:my_data")
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        if copy is not None:
            actions.delete(copy, by=request.member)
        return page, _("Deleted.")

    if request.method != "POST":
        copy = get_object_or_404(_mine(request).defer("content"))
    until = date_format(copy.expires_on, "F j, Y") if copy and copy.expires_on else ""
    return ask(
        request,
        form,
        act,
        title=_("Delete the copy now?"),
        text=[
            _("The portal deletes it by itself on %(day)s.") % {"day": until}
            if until
            else _("It is still being made."),
            _("Copies that you have downloaded stay where you put them."),
        ],
        button=_("Delete the copy"),
        back=page,
    )
