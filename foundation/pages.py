"""What every page does: handle a form once, redisplay it with errors, render a template."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as django_render
from django.utils.functional import Promise

from foundation.anonymity import keyed, leave_no_trace
from foundation.http import AgencyRequest
from foundation.models import Agency, Submission
from foundation.transactions import attempt

Destination = str | tuple[str, str | Promise]


def submit[F: BaseForm](
    request: AgencyRequest, form: F, act: Callable[[F], Destination]
) -> HttpResponse | None:
    """Act on a valid POST once and redirect; None when the page must be drawn (again).

    `act` returns the address to go to, or (address, message). It runs in one transaction with the
    form's double-submit key, so that a second click reaches the first one's target. A
    ValidationError from `act` is shown on the form, and nothing is written.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        with transaction.atomic():
            sent = _claim(request, form)
            if sent.location:
                return HttpResponseRedirect(sent.location)
            with keyed():
                destination = act(form)
            url, message = _parted(destination)
            sent.location = url
            sent.save(update_fields=["location"])
    except ValidationError as error:
        _put_on(form, error)
        return None
    if message:
        messages.success(request, str(message))
    return HttpResponseRedirect(url)


def submit_unnamed[F: BaseForm](
    request: HttpRequest, form: F, act: Callable[[F], Destination]
) -> HttpResponse | None:
    """`submit` for an anonymous act: it writes neither a key nor the session.

    Both would record the second of sending. So `act` must itself be repeatable without effect, and
    begin its own transaction.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        url, message = _parted(act(form))
    except ValidationError as error:
        _put_on(form, error)
        return None
    if message:
        messages.success(request, str(message))
    request.session.modified = False
    return HttpResponseRedirect(url)


def _parted(destination: Destination) -> tuple[str, str | Promise]:
    return destination if isinstance(destination, tuple) else (destination, "")


def _claim(request: AgencyRequest, form: BaseForm) -> Submission:
    leave_no_trace("double-submit key")
    submissions = Submission.objects.within(request.agency)
    key = form.cleaned_data["submission"]
    try:
        with attempt():
            return submissions.create(key=key)
    except IntegrityError:
        return submissions.select_for_update().get(key=key)


def sent_before(request: HttpRequest) -> str:
    """Where this form led when it was sent before; empty if it was not.

    The act may not be allowed a second time, but a second click should not be refused.
    """
    agency: Agency | None = getattr(request, "agency", None)
    if request.method != "POST" or agency is None:
        return ""
    try:
        key = uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return ""
    sent = Submission.objects.within(agency).filter(key=key).first()
    return sent.location if sent is not None else ""


def _put_on(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        field = name if name != NON_FIELD_ERRORS and name in form.fields else None
        for each in errors:
            form.add_error(field, each)


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Render a page; 422 when its form was sent with errors."""
    context = context or {}
    form = context.get("form")
    wrong = isinstance(form, BaseForm) and form.is_bound and bool(form.errors)
    return django_render(request, template, context, status=422 if wrong else 200)
