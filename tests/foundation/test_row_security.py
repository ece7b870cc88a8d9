"""What a linter of row-level security (pgrls) says of the schema, and what of it is as we want it.

Everything it finds that is not written down here, with a reason, fails.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from devtools import worker
from devtools.servers.postgres import SUPERUSER, address
from tests.foundation.test_walls import GLOBAL

PGRLS = str(Path(sys.executable).with_name("pgrls"))
# By rule, the places (as patterns) where a finding is what we want.
ALLOWED = {
    # Decision 225: asking in a subquery costs each page more than it saves any scan.
    "PERF001": r"public\.\w+\.within",
    # No agency's: signing in, and the program's own.
    "SEC001": rf"public\.({'|'.join(sorted(GLOBAL))})",
    # The owner's login only migrates, backs up, and runs the functions listed under SEC014.
    "SEC002": r"public\.\w+",
    # For cqi_across, which may only read, and only within `tenancy.across()`.
    "SEC005": r"public\.\w+\.across",
    "SEC008": r"public\.\w+\.across",
    "SEC038": r"public\.\w+\.across",
    # One policy for each role, so there is none to be added to by OR.
    "SEC007": r"public\.\w+",
    # They refuse or complete what is written; those that read as their owner are under SEC014.
    "SEC013": r"public\.\w+\.\w+",
    # They read or write as the owner: within the agency of the row they are called for.
    "SEC014": (
        r"public\.("
        r"accounts_leave_ends_all|advance_is_settled|baseline_is_locked|cells_still_going_on"
        r"|concerns_two_readers|chart_of_baseline_is_locked|closed_cell_is_settled|evidence_put_aside|evidence_seal|erase_\w+"
        r"|books_are_closed|cost_is_proven|group_stays_closed|ledger_(agrees|all_agree|balances|entry_is_true"
        r"|pays_no_more_than_approved|posting_has_entries|posting_is_true|reverses_no_reversal"
        r"|sets_off_no_more_than_was_corrected|takes_turns)|measure_has_its_owner"
        r"|measure_in_use_is_locked|payment_is_whole|period_(keeps_its_word|writes_balances)"
        r"|remove_name|retention_(take|restore|destroy|forget)"
        r"|set_off_is_fair|standard_is_locked|wholes_(announce|destroy|drop))"
    ),
    # The agency is the wall; within it, rules decide who reads what.
    "SEC027": r"public\.(accounts|cells|measures|oversight)_\w+",
    # Keys of rows of the same agency, or codes by chance, of which nobody has two.
    "SEC035": r"public\.\w+ \(\w+_(id|digest|code|receipt)_key\)",
}


def found(database: str) -> set[tuple[str, str]]:
    """All findings in a database: the rule and the place."""
    command = [PGRLS, "lint", "--format", "json", "--schemas", "public", "--database-url"]
    asked = subprocess.run(
        [*command, address(worker.folder(), SUPERUSER, database)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.stdout, asked.stderr
    findings = json.loads(asked.stdout)["violations"]
    return {(each["rule_id"], each["location"]) for each in findings}


def unwanted(findings: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {
        (rule, place)
        for rule, place in findings
        if not re.fullmatch(ALLOWED.get(rule, "none"), place)
    }


@pytest.fixture(scope="module")
def copied(django_db_setup: None) -> str:
    """A database of its own, with the schema as it was migrated."""
    name = f"linted_{worker.name()}"
    worker.make_database(name)
    return name


def test_nothing_is_found_but_what_is_wanted_and_nothing_is_allowed_in_vain(copied: str) -> None:
    findings = found(copied)
    assert unwanted(findings) == set()
    assert {rule for rule, _place in findings} == set(ALLOWED)


def test_what_is_planted_is_found(copied: str) -> None:
    planted = """
        CREATE TABLE open (agency_id bigint NOT NULL, words text);
        CREATE TABLE shut (agency_id bigint NOT NULL, words text);
        ALTER TABLE shut ENABLE ROW LEVEL SECURITY;
        CREATE POLICY all_of_it ON shut TO cqi_app USING (true);
        GRANT SELECT ON open, shut TO cqi_app;
        CREATE VIEW members AS SELECT * FROM accounts_member;
        GRANT SELECT ON members TO cqi_app;
        CREATE FUNCTION looks() RETURNS bigint LANGUAGE sql SECURITY DEFINER
            AS 'SELECT count(*) FROM accounts_member';
    """
    with psycopg.connect(address(worker.folder(), SUPERUSER, copied)) as raw:
        raw.execute(planted.encode())
    wrong = unwanted(found(copied))
    places = {place for _rule, place in wrong}
    assert {"public.open", "public.shut.all_of_it", "public.members", "public.looks"} <= places
