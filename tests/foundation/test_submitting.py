"""A form takes effect once, and a mistake writes nothing."""

import uuid
from collections.abc import Callable

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import Member
from foundation import events
from foundation.forms import PortalForm
from foundation.models import Agency, Event, Submission
from foundation.pages import submit

Send = Callable[..., tuple[HttpResponse | None, "Wish"]]


class Wish(PortalForm):
    words = forms.CharField(label="Words")


@pytest.fixture
def send(agency: Agency, consumer: Member) -> Send:
    def send(key: uuid.UUID, act: Callable[[Wish], str]) -> tuple[HttpResponse | None, Wish]:
        request = RequestFactory().post("/", {"submission": str(key), "words": "Tea"})
        request.session = SessionStore()
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        request.agency, request.member = agency, consumer  # type: ignore[attr-defined]
        form = Wish.from_request(request)
        return submit(request, form, act), form  # type: ignore[arg-type]

    return send


def test_a_second_click_does_nothing_and_leads_to_the_same_place(send: Send) -> None:
    done: list[str] = []
    key = uuid.uuid4()

    def act(form: Wish) -> str:
        done.append(form.answers["words"])
        return f"/wishes/{len(done)}"

    first, _ = send(key, act)
    second, _ = send(key, act)
    assert done == ["Tea"]
    assert first is not None
    assert second is not None
    assert first["Location"] == second["Location"] == "/wishes/1"


def test_a_mistake_found_by_the_action_is_put_on_its_field_and_nothing_is_written(
    send: Send, agency: Agency, consumer: Member
) -> None:
    key = uuid.uuid4()

    def act(form: Wish) -> str:
        events.record("wish.made", consumer, by=consumer)
        raise ValidationError({"words": "We have no tea.", "unknown": "Nor this."})

    answer, form = send(key, act)
    assert answer is None
    assert form.errors["words"] == ["We have no tea."]
    assert form.non_field_errors() == ["Nor this."]
    assert not Event.objects.within(agency).filter(name="wish.made").exists()
    assert not Submission.objects.within(agency).filter(key=key).exists()


def test_after_a_mistake_the_same_form_can_be_sent_again(send: Send) -> None:
    key = uuid.uuid4()

    def refuse(form: Wish) -> str:
        raise ValidationError("Not yet.")

    send(key, refuse)
    answer, _ = send(key, lambda form: "/wishes/1")
    assert answer is not None


def test_an_event_is_written_only_with_its_change(agency: Agency, consumer: Member) -> None:
    def change() -> None:
        events.record("wish.made", consumer, by=consumer)
        raise ValueError("the change did not work")

    with pytest.raises(ValueError, match="did not work"), transaction.atomic():
        change()
    assert not Event.objects.within(agency).filter(name="wish.made").exists()
