"""Eighteen months in the demo store codes, and never a model's place in the source."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models
from psycopg import sql
from pytest_django import DjangoDbBlocker

from devtools.codes import collected, read
from devtools.demo import people
from devtools.demo.database import built, looking_at
from devtools.servers.postgres import SUPERUSER
from foundation import tenancy
from foundation.models import Agency, Event, TenantModel
from groups.models import Decision
from notifications.models import Message

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Agency]:
    with django_db_blocker.unblock(), looking_at(built()):
        agency = Agency.objects.get(slug=people.AGENCY)
        with tenancy.entering(agency):
            yield agency


def labels() -> str:
    """A pattern for the label of any tenant model, except those that are also a policy's code."""
    policies = collected()["policies"]
    found = {
        model._meta.label_lower for model in apps.get_models() if issubclass(model, TenantModel)
    }
    return rf"\m({'|'.join(map(re.escape, sorted(found - set(policies))))})\M"


def stored(*types: type[models.Field[object, object]]) -> Iterator[tuple[str, str]]:
    """Table and column of all fields of these types that hold agency data."""
    for model in apps.get_models():
        if hasattr(model, "agency_id"):
            for field in model._meta.concrete_fields:
                if isinstance(field, types):
                    yield model._meta.db_table, str(field.column)


def holding(pattern: str) -> set[str]:
    """The columns with a value that matches, in tables that nobody else may read, too."""
    found = set()
    reached = connection.settings_dict
    with psycopg.connect(host=reached["HOST"], dbname=reached["NAME"], user=SUPERUSER) as raw:
        for table, column in stored(models.CharField, models.JSONField):
            query = sql.SQL("SELECT FROM {} WHERE {}::text ~ %s LIMIT 1").format(
                sql.Identifier(table), sql.Identifier(column)
            )
            if raw.execute(query, [pattern]).fetchone() is not None:
                found.add(f"{table}.{column}")
    return found


def test_no_row_names_a_model_by_its_label(demo: Agency) -> None:
    assert holding(labels()) == set()


def test_where_rows_speak_of_subjects_is_where_this_looks(demo: Agency) -> None:
    assert holding(r"\m(document_version|theme|recommendation)\M") >= {
        "foundation_event.subject_type",
        "foundation_event.data",
        "groups_decision.subject_type",
        "cells_opportunity.origin_type",
        "indicators_indicatorsnapshot.criteria",
    }
    assert re.search(labels().replace(r"\m", "").replace(r"\M", ""), '["groups.group", 4]')


def test_what_is_stored_is_in_the_manifest(demo: Agency) -> None:
    listed, _ = read()
    decisions = Decision.objects.within(demo).exclude(subject_type="")
    for kind, codes in {
        "events": Event.objects.within(demo).values_list("name", flat=True),
        "messages": Message.objects.within(demo).values_list("code", flat=True),
        "subjects": [
            *Event.objects.within(demo).values_list("subject_type", flat=True),
            *Message.objects.within(demo).values_list("subject_type", flat=True),
            *decisions.values_list("subject_type", flat=True),
        ],
    }.items():
        assert len(set(codes)) > 5
        assert set(codes) - set(listed[kind]) == set()
