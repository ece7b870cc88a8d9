"""Every deletion asks the legal holds, or is listed with the reason why it destroys no record."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import Member
from foundation import holding
from foundation.holding import Holds
from foundation.models import Agency
from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import nodes, parsed

SQL = re.compile(r"\b(?:DELETE\s+FROM|TRUNCATE)\b")
# In SQL: asking the holds, by this function of the database.
ASKED_IN_SQL = "retention_is_held"
# What deletes and asks nobody, by module and function, with the reason. May only shrink.
HOLDS_NOTHING = {
    "accounts/actions/erasure.py:_close": "ways to sign in; erasing has asked the holds",
    "accounts/actions/pauses.py:_close_ways": "ways to sign in: a pause can’t wait for a hold",
    "accounts/actions/users.py:revoke_codes": "codes to sign in; who got a sheet stays recorded",
    "accounts/actions/ways.py:end_sessions": "sessions, as they would end by themselves",
    "accounts/management/commands/reset_second_factor.py:Command.handle": "a way to sign in",
    "accounts/tasks.py:clear_sessions": "sessions that have ended; the schedule says: not held",
    "cells/plans/actions/cycles.py:take_away_cycle": "its history keeps all its versions",
    "cells/plans/actions/drivers.py:take_off_driver": "its history keeps all its versions",
    "cells/plans/actions/plans.py:drop_standard": "its history keeps all its versions",
    "cells/plans/actions/steps.py:_depend": "the order of two steps, which both stay",
    "cells/ranking/actions/rounds.py:close_round": (
        "ballots of people without a vote any more. A count can’t wait for a hold, and nobody can "
        "say whose they are"
    ),
    "cells/ranking/actions/rounds.py:_end": (
        "the key to who cast which ballot: it ends with the vote, as voters were told, or no vote "
        "could end under a hold. Ballots, counts and who voted stay"
    ),
    "cells/ranking/actions/rounds.py:start_voting": "which ideas are on the list; the ideas stay",
    "cells/ranking/actions/rounds.py:raise_silent": "each has become an idea with its author",
    "concerns/actions/readers.py:_forget_seals": "who has a concern open now; who read it stays",
    "concerns/actions/readers.py:leave": "who has a concern open now; who read it stays",
    "concerns/actions/together.py:be_present": "who had a concern open before; who read it stays",
    "dialogues/sessions/actions.py:answer_questions": "a turn that was not used",
    "dialogues/sessions/actions.py:forget_turns": "people were told that it is forgotten",
    "documents/actions.py:take_away_step": "its history keeps all its versions",
    "foundation/anonymity.py:rewrite": "the same rows are written anew at once",
    "foundation/attempts.py:forget": "a count of tries, under a digest",
    "foundation/attempts.py:sweep": "counts of tries that no longer count",
    "indicators/actions.py:_write": "marks that something changed",
    "measures/importing/actions.py:ask_for_import": "how far an import is",
    "privacy/exports/actions.py:ask": "a copy of what stays where it is",
    "privacy/exports/actions.py:delete": "a copy of what stays where it is",
    "privacy/exports/actions.py:forget": "a copy of what stays where it is",
    "satisfaction/actions/reflections.py:write_reflection": (
        "who agreed to words that are changed; a draft is no record"
    ),
    "satisfaction/actions/reflections.py:release_reflection": (
        "who agreed is promised to be forgotten at the release, as codes of a survey are"
    ),
    "satisfaction/actions/rounds.py:close_round": (
        "envelopes, which are opened in the same moment, and codes, which people were told lead to "
        "nobody; no survey could close under a hold. Answers, and who was asked, stay"
    ),
    "recovery/restoring.py:_loaded": "what migrations fill, in a database that is filled anew",
}
# Deletions in the SQL of migrations, by module, with the reason.
NO_RECORDS: dict[str, str] = {
    "privacy/migrations/0090_sealed_answers.py": "lists of places, without a table that ended",
}


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Each function of a module, with its name after that of its class."""

    def inside(node: ast.AST, before: str) -> Iterator[tuple[str, ast.AST]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{before}{child.name}", child
            elif isinstance(child, ast.ClassDef):
                yield from inside(child, f"{before}{child.name}.")

    yield from inside(tree, "")


def deletes(node: ast.AST) -> bool:
    """Whether it deletes rows, or the key to sealed ones."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"delete", "_raw_delete"}:
            # `actions.delete(...)` is an action, which stands here itself.
            return ast.unparse(node.func.value) not in {"actions", "cache"}
        return any(ast.unparse(each) == "'clearsessions'" for each in node.args)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(SQL.search(node.value)) and ASKED_IN_SQL not in node.value
    if isinstance(node, ast.Assign):
        names = {ast.unparse(each).rpartition(".")[2] for each in node.targets}
        return bool(names & {"salt", "seal"}) and ast.unparse(node.value) == "''"
    return False


def asks(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Attribute) and ast.unparse(each.value) == "holding"
        for each in ast.walk(node)
    )


def called(node: ast.AST) -> set[str]:
    """The last names of what a function calls."""
    return {
        ast.unparse(each.func).rpartition(".")[2]
        for each in ast.walk(node)
        if isinstance(each, ast.Call)
    }


def unasked(folder: Path, paths: list[Path]) -> set[str]:
    """Functions that delete without asking the holds, themselves or by a rule of their app."""
    asking: dict[str, set[str]] = {}
    found = []
    for path in paths:
        app = path.relative_to(folder).parts[0]
        for name, node in functions(parsed(path.read_text("utf-8"))):
            if asks(node):
                asking.setdefault(app, set()).add(name)
            if any(deletes(each) for each in ast.walk(node)):
                found.append((app, f"{path.relative_to(folder)}:{name}", node))
    return {
        place
        for app, place, node in found
        if not asks(node) and not called(node) & asking.get(app, set())
    }


def in_migrations(folder: Path) -> set[str]:
    """Migrations with SQL that deletes and does not ask."""
    return {
        str(path.relative_to(folder))
        for path in sorted(folder.glob("*/migrations/*.py"))
        for node in nodes(path.read_text("utf-8"))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"\bDELETE\s+FROM\b", node.value)
        and ASKED_IN_SQL not in node.value
    }


def test_every_deletion_asks_the_holds_or_says_why_it_need_not() -> None:
    assert unasked(ROOT, sources(*APPS, "foundation")) == set(HOLDS_NOTHING)
    assert in_migrations(ROOT) == set(NO_RECORDS)


def test_a_deletion_that_asks_nobody_is_found(tmp_path: Path) -> None:
    app = tmp_path / "planted"
    (app / "migrations").mkdir(parents=True)
    (app / "rules.py").write_text("def removing(row, by):\n    return holding.deleting(by)\n")
    (app / "actions.py").write_text(
        "def silent(rows):\n    rows.filter(pk=1).delete()\n"
        "def by_sql(cursor):\n    cursor.execute('DELETE FROM a')\n"
        "def key(row):\n    row.salt = row.seal = ''\n"
        "def clean():\n    call_command('clearsessions')\n"
        "class Command:\n    def handle(self):\n        rows._raw_delete('x')\n"
        "def asked(rows):\n    if not holding.in_force(a, b):\n        rows.delete()\n"
        "def by_rule(row, by):\n    enforce(rules.removing(row, by))\n    row.delete()\n"
    )
    (app / "migrations" / "0002_go.py").write_text("SQL = 'DELETE FROM public.a'\n")
    paths = [app / "rules.py", app / "actions.py"]
    names = {place.partition(":")[2] for place in unasked(tmp_path, paths)}
    assert names == {"silent", "by_sql", "key", "clean", "Command.handle"}
    assert in_migrations(tmp_path) == {"planted/migrations/0002_go.py"}


@pytest.mark.django_db
def test_without_a_hold_of_its_kind_nobody_is_asked_whom_a_row_is_about(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    held = Holds(groups=frozenset({1}))
    people = Member.objects.within(agency).values_list("pk", flat=True)
    assert not held.keep(people=people, groups=[2])
    assert people._result_cache is None
    today = timezone.localdate()
    monkeypatch.setattr(holding, "_keepers", [lambda agency, on: held])
    assert holding.deleting(agency, today, groups=[2]) is None
    assert holding.deleting(agency, today, groups=[1]) is holding.HELD
    assert holding.deleting(agency, today, day=today - timedelta(days=1)) is None
