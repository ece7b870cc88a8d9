"""The serving login may do only what it needs, and runs nothing as the owner."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import ProgrammingError

from accounts.actions import erase
from accounts.models import Member
from devtools.servers.keeper import cluster_in
from devtools.worker import database, folder
from foundation import tenancy
from foundation.erasure import erase_history
from foundation.personal_data import FORMER
from tests.owner import look, owner

pytestmark = pytest.mark.django_db

SAFE_PATH = "search_path=pg_catalog, public, pg_temp"
DEFINERS = """
    SELECT p.proname FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""
CAREFUL = f"""
    {DEFINERS} AND n.nspname = 'public' AND pg_get_userbyid(p.proowner) = 'cqi_owner'
    AND '{SAFE_PATH}' = ANY (p.proconfig)
    AND NOT has_function_privilege('public', p.oid, 'EXECUTE')
"""
ERASERS = """
    SELECT proname FROM pg_proc WHERE proname LIKE 'erase\\_history\\_of\\_%'
        OR proname IN ('erase_words', 'remove_name', 'retention_take', 'retention_restore',
            'retention_destroy', 'retention_forget', 'wholes_announce', 'wholes_destroy',
            'wholes_drop', 'evidence_seal', 'evidence_put_aside')
"""
HISTORY_TABLES = """
    SELECT c.relname FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'history_id'
    WHERE c.relkind = 'r'
"""


def as_the_serving_login() -> psycopg.Connection[tuple[object, ...]]:
    url = cluster_in(folder()).url("cqi_app", database())
    return psycopg.connect(url, autocommit=True)


def refused(statement: str) -> bool:
    """Whether the serving login is denied permission for this."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
    return False


def test_every_function_of_the_owner_looks_for_its_tables_where_nobody_else_can_put_any() -> None:
    definers = set(look(DEFINERS))
    assert len(definers) >= 5
    assert definers == set(look(CAREFUL))


def test_a_careless_function_of_the_owner_would_be_found() -> None:
    plants = [
        "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "ALTER FUNCTION planted() SET search_path = public",
        f"ALTER FUNCTION planted() SET {SAFE_PATH}",
    ]
    with owner() as raw:
        raw.execute("SET ROLE cqi_owner")
        for plant in plants:  # Including the last one: anybody may still call it.
            raw.execute(plant.encode())
            found = set(raw.execute(DEFINERS.encode())) - set(raw.execute(CAREFUL.encode()))
            assert found == {("planted",)}
        raw.execute("REVOKE EXECUTE ON FUNCTION planted() FROM PUBLIC")
        assert set(raw.execute(DEFINERS.encode())) == set(raw.execute(CAREFUL.encode()))
        raw.rollback()


def test_only_erasing_the_schedule_and_seals_run_with_the_owners_power() -> None:
    callable_ = look(f"{DEFINERS} AND has_function_privilege('cqi_app', p.oid, 'EXECUTE')")
    assert set(callable_) == set(look(ERASERS))


SHADOW = """
CREATE TABLE pg_temp.compensation_posting_rows (id bigint, reverses_id bigint);
CREATE FUNCTION pg_temp.who_runs_this() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this ran as %', current_user;
END
$$;
CREATE VIEW pg_temp.compensation_posting AS
    SELECT pg_temp.who_runs_this() AS id, 0::bigint AS reverses_id;
GRANT SELECT ON pg_temp.compensation_posting TO cqi_owner;
GRANT EXECUTE ON FUNCTION pg_temp.who_runs_this() TO PUBLIC;
"""
REVERSE = """
INSERT INTO public.compensation_posting (id, reverses_id, agency_id) VALUES (1, 2, 3)
"""
CARELESS = """
CREATE OR REPLACE FUNCTION public.ledger_posting_is_true() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM FROM compensation_posting
        WHERE id = NEW.reverses_id AND reverses_id IS NOT NULL;
    RETURN NEW;
END
$$
"""


@pytest.fixture
def temporary_tables() -> Iterator[None]:
    """A database whose administrator grants everybody temporary tables again."""
    name = database()
    with psycopg.connect(cluster_in(folder()).url("postgres", "postgres"), autocommit=True) as raw:
        raw.execute(f'GRANT TEMPORARY ON DATABASE "{name}" TO PUBLIC'.encode())
        yield
        raw.execute(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC'.encode())


@pytest.fixture
def careless_trigger() -> Iterator[None]:
    """The ledger's trigger as a careless author might write it."""
    ((text,),) = look(
        "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'ledger_posting_is_true'"
    )
    with psycopg.connect(cluster_in(folder()).url("cqi_owner", database()), autocommit=True) as raw:
        raw.execute(CARELESS.encode())
        yield
        raw.execute(text.encode())


def what_the_attack_says() -> str:
    with as_the_serving_login() as raw:
        try:
            raw.execute(SHADOW.encode())
            raw.execute(REVERSE.encode())
        except psycopg.Error as error:
            return str(error)
    return ""


def test_the_serving_login_can_make_nothing_temporary() -> None:
    assert "permission denied to create temporary tables" in what_the_attack_says()


def test_a_table_put_in_front_of_the_ledger_is_not_read(temporary_tables: None) -> None:
    # The trigger looks for the original among the real postings, and finds none.
    assert "is not reversed by posting" in what_the_attack_says()


def test_the_attack_works_where_the_guard_is_missing(
    temporary_tables: None, careless_trigger: None
) -> None:
    assert "this ran as cqi_owner" in what_the_attack_says()


def test_history_is_only_added_to(administrator: Member, consumer: Member) -> None:
    tables = look(HISTORY_TABLES)
    assert len(tables) > 30
    for (table,) in tables:
        for change in ("UPDATE {} SET history_id = 0", "DELETE FROM {}", "TRUNCATE {}"):
            assert refused(change.format(table)), (table, change)


@pytest.mark.promise("erasing")
def test_erasing_reaches_the_history_of_one_who_was_erased(
    administrator: Member, consumer: Member
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        erase_history(consumer)
    erase(consumer, by=administrator)
    kept = consumer.history.values_list("name", "display_name", "contact", "user_id")
    assert set(kept) == {(FORMER, FORMER, "", None)}
    assert len(kept) >= 2


def test_no_other_agency_can_be_erased(
    administrator: Member, consumer: Member, outsider: Member
) -> None:
    erase(consumer, by=administrator)
    with (
        tenancy.entering(outsider.agency),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        erase_history(consumer)
    with tenancy.entering(None), pytest.raises(DatabaseError), transaction.atomic():
        erase_history(consumer)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE accounts_member DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE foundation_event DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SET ROLE cqi_owner",
        "TRUNCATE foundation_event",
        "UPDATE foundation_event SET name = name",
        "SELECT setval('accounts_member_id_seq', 1)",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
        "DELETE FROM django_content_type",
        "INSERT INTO auth_group (name) VALUES ('a')",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'a')",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "COPY foundation_agency TO '/tmp/agencies'",
        "COPY foundation_agency TO PROGRAM 'cat'",
        "CREATE EXTENSION dblink",
        "SELECT rolpassword FROM pg_authid",
        "REINDEX TABLE accounts_member",
    ],
)
def test_the_serving_login_may_not(statement: str) -> None:
    assert refused(statement), statement


def test_whoever_reads_across_agencies_neither_writes_nor_sees_how_people_sign_in(
    administrator: Member,
) -> None:
    def refused_across(statement: str) -> bool:
        return refused(f"SET LOCAL ROLE cqi_across; {statement}; RESET ROLE")

    assert not refused_across("SELECT FROM accounts_member")
    secrets = ("accounts_user", "accounts_printedcode", "django_session", "mfa_authenticator")
    for table in (*secrets, "account_emailaddress", "usersessions_usersession"):
        assert refused_across(f"SELECT FROM {table}"), table
    assert refused_across("UPDATE accounts_member SET name = name")
    assert refused_across("CREATE TABLE public.mine (id int)")


def test_the_serving_login_owns_nothing_and_holds_no_role_but_the_one_that_reads() -> None:
    assert look("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = 'cqi_app'") == []
    assert look("SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) = 'cqi_app'") == []
    held = look(
        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'cqi_app'::regrole"
    )
    assert held == [("cqi_across",)]
    open_to_all = look(
        """
        SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0
        """
    )
    assert open_to_all == []


def test_no_statement_and_no_open_transaction_of_the_portal_lasts_for_ever() -> None:
    with as_the_serving_login() as raw:
        for setting in ("statement_timeout", "idle_in_transaction_session_timeout"):
            shown = raw.execute(f"SHOW {setting}".encode()).fetchone()
            assert shown is not None
            assert shown[0] not in ("0", ""), setting
