"""This worker's database: row-level security holds the serving login, and flushes work."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from devtools import worker


def asked(question: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return tuple(cursor.fetchone())


@pytest.mark.django_db
def test_tests_run_as_the_serving_login_on_the_worker_s_own_database() -> None:
    login, superuser, database = asked(
        "SELECT current_user, rolsuper OR rolbypassrls, current_database()"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert (login, superuser, database) == ("cqi_app", False, worker.database())


@pytest.mark.django_db
def test_letters_with_accents_have_a_lower_case() -> None:
    assert asked("SELECT lower('ÉÀ')") == ("éà",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", ["first", "second"])
def test_a_transactional_test_leaves_nothing_to_the_next(_time: str) -> None:
    assert not Session.objects.exists()
    Session.objects.create(session_key="left", session_data="", expire_date=timezone.now())
