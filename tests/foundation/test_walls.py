"""The walls stand around every tenant table, read from the database's own catalog."""

import pytest
from django.apps import apps
from django.db import connection, models

pytestmark = pytest.mark.django_db

# Tables without agency data: users, and Django's own bookkeeping.
GLOBAL = {
    "foundation_agency",
    "foundation_attempts",
    "privacy_reach",
    "privacy_subject",
    "privacy_takenplace",
    "privacy_wholeplace",
    "accounts_user",
    "accounts_printedcode",
    "portal_cache",
    "recovery_fact",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "usersessions_usersession",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
}


def rows(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[str, ...]] = cursor.fetchall()
    return found


def tenant_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if any(field.name == "agency" for field in model._meta.local_fields)
    ]


def test_every_table_is_known_to_be_global_or_has_an_agency_that_is_never_null() -> None:
    found = rows(
        """
        SELECT c.relname, coalesce(a.attnotnull, false)
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'agency_id'
        WHERE c.relkind IN ('r', 'p')
        """
    )
    without = {name for name, has_agency in found if not has_agency}
    assert without <= GLOBAL
    assert len(found) > len(GLOBAL)


@pytest.mark.promise("agencies")
def test_row_level_security_is_on_for_every_tenant_table() -> None:
    found = rows(
        """
        SELECT c.relname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'agency_id'
        WHERE c.relkind = 'r' AND NOT (
            c.relrowsecurity
            AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'within')
        )
        """
    )
    assert found == []


@pytest.mark.promise("agencies")
def test_every_key_between_tenant_tables_is_composite_in_sql() -> None:
    constraints = set(
        rows(
            """
            SELECT c.conrelid::regclass::text, a.attname
            FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
            JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND cardinality(c.conkey) = 2 AND f.attname = 'agency_id'
            """
        )
    )
    tenants = set(tenant_models())
    wanted = {
        (model._meta.db_table, field.column)
        for model in tenants
        if "history_id" not in {each.name for each in model._meta.local_fields}
        for field in model._meta.local_fields
        if field.name != "agency" and field.related_model in tenants
    }
    assert wanted <= constraints


def test_no_many_to_many_hides_a_table_without_an_agency() -> None:
    hidden = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.auto_created and model._meta.app_label != "auth"
    ]
    assert hidden == []


@pytest.mark.promise("agencies")
def test_the_serving_login_is_neither_owner_nor_superuser() -> None:
    assert rows("SELECT current_user::text") == [("cqi_app",)]
    ((is_super, bypasses),) = rows(
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert not is_super
    assert not bypasses
    assert rows("SELECT tablename FROM pg_tables WHERE tableowner = 'cqi_app'") == []
