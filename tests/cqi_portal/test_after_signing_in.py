"""The first page after signing in costs as little as the same page later."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import make_user, print_codes
from accounts.models import Member
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency

pytestmark = pytest.mark.django_db
# Two of them for the navigation and one’s own cells, one for what can wait for them at all.
MOST = 14


def home(client: Client, agency: Agency) -> list[str]:
    with tenancy.entering(None), CaptureQueriesContext(connection) as queries:
        assert client.get(at(agency, "home_of")).status_code == 200
    return [each["sql"][:120] for each in queries if "SAVEPOINT" not in each["sql"]]


def assert_flat(client: Client, agency: Agency) -> None:
    first, later = home(client, agency), home(client, agency)
    assert len(first) == len(later) <= MOST, "\n".join(first)


def test_after_a_code_by_e_mail(agency: Agency, consumer: Member) -> None:
    client = Client()
    client.post("/account/login/code/", {"email": "rosa@riverside.example"})
    (code,) = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    client.post("/account/login/code/confirm/", {"code": code})
    assert_flat(client, agency)


def test_after_a_printed_code(agency: Agency, facilitator: Member) -> None:
    facilitator.user = make_user(member_name="femi")
    facilitator.save()
    client = Client()
    code = print_codes(facilitator.user)[0]
    client.post("/account/codes/", {"member_name": "femi", "code": code})
    assert_flat(client, agency)
