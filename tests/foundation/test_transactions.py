"""What begins a transaction, what must be inside one, and what may fail in it by itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from foundation.models import Agency
from foundation.transactions import apart, attempt, must_be_inside
from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import nodes

WORDS = "foundation/transactions.py"


def own_words(folder: Path, paths: list[Path]) -> Iterator[str]:
    """Places where a block declares itself durable, or allowed to fail (`try: with atomic`)."""
    for path in paths:
        name = str(path.relative_to(folder))
        if name == WORDS:
            continue
        for node in nodes(path.read_text()):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("atomic"):
                if node.keywords:
                    yield f"{name}:{node.lineno}: {ast.unparse(node)}"
            elif isinstance(node, ast.Try) and _catches_database(node):
                first = node.body[0]
                if isinstance(first, ast.With) and "atomic()" in ast.unparse(first.items[0]):
                    yield f"{name}:{first.lineno}: try: {ast.unparse(first.items[0])}"


def _catches_database(node: ast.Try) -> bool:
    caught = {ast.unparse(each.type) for each in node.handlers if each.type is not None}
    return bool(caught & {"IntegrityError", "DatabaseError", "Exception"})


def test_a_transaction_of_its_own_and_an_attempt_are_said_with_their_words() -> None:
    assert list(own_words(ROOT, sources(*APPS, "foundation"))) == []


def test_a_block_in_words_of_its_own_is_found(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(
        "@transaction.atomic(durable=True)\n"
        "def spend(): ...\n"
        "@transaction.atomic\n"
        "def act():\n"
        "    with transaction.atomic():\n"
        "        pass\n"
        "    try:\n"
        "        with transaction.atomic():\n"
        "            pass\n"
        "    except IntegrityError:\n"
        "        pass\n"
    )
    found = [each.split(":")[1] for each in own_words(tmp_path, [planted])]
    assert sorted(found) == ["1", "8"]


@pytest.mark.django_db(transaction=True)
def test_what_is_apart_refuses_to_be_a_part() -> None:
    act = apart(lambda: connection.in_atomic_block)
    assert act()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        act()


@pytest.mark.django_db(transaction=True)
def test_an_attempt_and_an_event_need_a_transaction_around_them() -> None:
    with pytest.raises(TransactionManagementError):
        attempt()
    with pytest.raises(TransactionManagementError):
        must_be_inside("an event")


@pytest.mark.django_db
def test_what_was_done_before_an_attempt_that_fails_stays(agency: Agency) -> None:
    Agency.objects.filter(pk=agency.pk).update(name="Renamed")
    with pytest.raises(IntegrityError), attempt():
        Agency.objects.create(slug=agency.slug, name="Again", timezone=agency.timezone)
    agency.refresh_from_db()
    assert agency.name == "Renamed"
