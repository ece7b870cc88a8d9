"""What is wrong with a backup, a key or a target is found, and then nothing is restored."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recovery import encryption
from recovery.container import Frame, Kind, Unpacking, frame, packed
from recovery.contents import filled_at_birth
from recovery.problems import (
    Damaged,
    NotEmpty,
    NotPossible,
    OtherVersion,
    Problem,
    WrongKey,
)
from recovery.restoring import head_of
from tests.recovery import databases
from tests.recovery.conftest import Backup


def is_untouched(name: str) -> bool:
    """Whether a migrated database has no rows but those of migrate."""
    rows = databases.everything(name)
    return {table for table, found in rows.items() if found} == filled_at_birth()


def refused(kind: type[Problem], data: bytes, backup: Backup, target: str, path: Path) -> str:
    """Restoring this file is refused, and leaves nothing. The reason."""
    path.write_bytes(data)
    with pytest.raises(kind) as said:
        databases.restored(path, target, backup.private)
    assert is_untouched(target)
    return str(said.value)


def plain(backup: Backup) -> list[Frame]:
    """The frames inside the encryption."""
    frames: list[Frame] = []
    unpacking = Unpacking(frames.append)
    encryption.decrypt(io.BytesIO(backup.data), unpacking, encryption.identities(backup.private))
    unpacking.close()
    return frames


def sealed(frames: list[Frame], backup: Backup, after: bytes = b"") -> bytes:
    """These frames, packed and encrypted as a backup is."""
    out = io.BytesIO()
    pieces = iter([*packed(frames), after])
    encryption.encrypt(pieces, out, encryption.recipients([backup.public]))
    return out.getvalue()


def with_head(backup: Backup, **changes: Any) -> bytes:
    first, *others = plain(backup)
    return sealed([frame(Kind.HEAD, first.json() | changes), *others], backup)


@settings(max_examples=20)
@given(st.floats(0, 1, exclude_max=True), st.integers(0, 7))
@example(0, 0)
@example(0.9999999, 7)
def test_a_flipped_bit_anywhere_is_found(
    backup: Backup, target: str, tmp_path: Path, where: float, bit: int
) -> None:
    data = bytearray(backup.data)
    assert len(data) > 5 * 64 * 1024  # age authenticates parts of this size.
    data[int(where * len(data))] ^= 1 << bit
    refused(Problem, bytes(data), backup, target, tmp_path / "flipped.age")


@settings(max_examples=10)
@given(st.floats(0, 1, exclude_max=True))
@example(0)
@example(0.9999999)
def test_a_file_that_ends_early_is_found(
    backup: Backup, target: str, tmp_path: Path, where: float
) -> None:
    data = backup.data[: int(where * len(backup.data))]
    refused(Damaged, data, backup, target, tmp_path / "short.age")


def test_a_file_that_goes_on_is_found(backup: Backup, target: str, tmp_path: Path) -> None:
    refused(Damaged, backup.data + b"x", backup, target, tmp_path / "long.age")


def test_another_private_key_opens_nothing(backup: Backup, target: str) -> None:
    private, _public = encryption.new_key()
    with pytest.raises(WrongKey):
        databases.restored(backup.path, target, private)
    assert is_untouched(target)


def test_a_second_recipient_can_read_it_as_well(backup: Backup) -> None:
    private, public = encryption.new_key()
    out = io.BytesIO()
    keys = encryption.recipients([backup.public, public])
    encryption.encrypt(packed(plain(backup)), out, keys)
    out.seek(0)
    frames: list[Frame] = []
    encryption.decrypt(out, Unpacking(frames.append), encryption.identities(private))
    assert frames == plain(backup)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"migrations": ["accounts.0001_initial"], "version": "0.0.1"}, "0.0.1, older"),
        ({"format": 99}, "format 99"),
        ({"tables": {}}, "tables"),
    ],
)
def test_a_backup_of_another_version_is_refused(
    backup: Backup, target: str, tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    data = with_head(backup, **changes)
    assert words in refused(OtherVersion, data, backup, target, tmp_path / "other.age")


def test_a_backup_of_a_newer_version_is_refused(
    backup: Backup, target: str, tmp_path: Path
) -> None:
    known = plain(backup)[0].json()["migrations"]
    data = with_head(backup, migrations=[*known, "accounts.9999_later"], version="7.0")
    said = refused(OtherVersion, data, backup, target, tmp_path / "newer.age")
    assert "7.0, newer" in said
    assert "accounts.9999_later" in said


def test_a_database_of_another_version_is_not_backed_up(backup: Backup) -> None:
    name = databases.migrated("older")
    with databases.owners(name) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'recovery'")
    with pytest.raises(OtherVersion):
        databases.backed_up(name, backup.public)
    databases.drop(name)


def test_another_login_than_the_owners_backs_up_nothing(backup: Backup) -> None:
    with (
        databases.served(backup.database) as connection,
        pytest.raises(NotPossible, match="DATABASE_OWNER_URL"),
    ):
        databases.written_by(connection, backup.public)


def less_a_row(frames: list[Frame]) -> list[Frame]:
    """Without the first row that comes."""
    at = next(number for number, each in enumerate(frames) if each.kind is Kind.ROWS)
    _row, _newline, rest = frames[at].content.partition(b"\n")
    return [*frames[:at], replace(frames[at], content=rest), *frames[at + 1 :]]


def with_another_slug(frames: list[Frame]) -> list[Frame]:
    """With one value changed."""
    return [
        replace(each, content=each.content.replace(b"lakeside", b"seasides")) for each in frames
    ]


def without_a_table(frames: list[Frame]) -> list[Frame]:
    start = next(number for number, each in enumerate(frames) if each.kind is Kind.TABLE)
    end = next(number for number, each in enumerate(frames) if each.kind is Kind.END)
    return frames[:start] + frames[end + 1 :]


def with_a_table_twice(frames: list[Frame]) -> list[Frame]:
    end = next(number for number, each in enumerate(frames) if each.kind is Kind.END)
    return [*frames[: end + 1], *frames[1 : end + 1], *frames[end + 1 :]]


def with_a_strange_table(frames: list[Frame]) -> list[Frame]:
    return [frames[0], frame(Kind.TABLE, "pg_authid"), *frames[1:]]


def without_a_foot(frames: list[Frame]) -> list[Frame]:
    return frames[:-1]


def with_two_feet(frames: list[Frame]) -> list[Frame]:
    return [*frames, frames[-1]]


def without_a_head(frames: list[Frame]) -> list[Frame]:
    return frames[1:]


def of_nothing(frames: list[Frame]) -> list[Frame]:
    return []


@pytest.mark.parametrize(
    "damage",
    [
        less_a_row,
        with_another_slug,
        without_a_table,
        with_a_table_twice,
        with_a_strange_table,
        without_a_foot,
        with_two_feet,
        without_a_head,
        of_nothing,
    ],
)
def test_a_container_that_is_not_as_it_was_written_is_found(
    backup: Backup, target: str, tmp_path: Path, damage: Callable[[list[Frame]], list[Frame]]
) -> None:
    data = sealed(damage(plain(backup)), backup)
    refused(Damaged, data, backup, target, tmp_path / "changed.age")


def test_what_is_encrypted_but_no_backup_is_told(
    backup: Backup, target: str, tmp_path: Path
) -> None:
    out = io.BytesIO()
    encryption.encrypt(iter([b"a letter"]), out, encryption.recipients([backup.public]))
    refused(Damaged, out.getvalue(), backup, target, tmp_path / "letter.age")
    data = sealed(plain(backup), backup, after=b"more")
    refused(Damaged, data, backup, target, tmp_path / "more.age")


def test_a_database_with_rows_is_left_as_it_is(backup: Backup) -> None:
    before = databases.everything(backup.database)
    with pytest.raises(NotEmpty, match="already has rows"):
        databases.restored(backup.path, backup.database, backup.private)
    assert databases.everything(backup.database) == before


@pytest.mark.parametrize("table", ["django_session", "portal_cache", "recovery_fact"])
def test_rows_of_any_table_are_reason_enough(backup: Backup, table: str) -> None:
    name = databases.migrated("used")
    with databases.owners(name) as connection:
        connection.execute(databases.ROWS[table].encode())
    with pytest.raises(NotEmpty, match=table):
        databases.restored(backup.path, name, backup.private)
    databases.drop(name)


def test_nothing_is_restored_while_the_serving_login_is_connected(
    backup: Backup, target: str
) -> None:
    with databases.served(target), pytest.raises(NotEmpty, match="A portal is running"):
        databases.restored(backup.path, target, backup.private)
    assert is_untouched(target)


@pytest.mark.parametrize("key", ["", "age1nonsense", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA"])
def test_a_backup_needs_a_public_key(key: str) -> None:
    with pytest.raises(NotPossible):
        encryption.recipients([key])


def test_a_backup_that_nobody_could_read_is_not_written() -> None:
    with pytest.raises(NotPossible):
        encryption.recipients([])


@pytest.mark.parametrize("text", ["", "# only a comment\n", "age1nonsense", "\x00"])
def test_a_key_file_holds_private_keys(text: str) -> None:
    with pytest.raises(NotPossible):
        encryption.identities(text)


def test_the_manifest_is_read_without_the_rows(backup: Backup) -> None:
    head = head_of(backup.path, encryption.identities(backup.private))
    assert head.moment == backup.written.made_at
    assert len(head.tables) == backup.written.tables
