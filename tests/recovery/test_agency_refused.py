"""What is wrong with an agency's file, a key or the target leaves nothing behind."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from recovery import encryption
from recovery.container import Frame, Kind, Unpacking, frame, packed
from recovery.moving.people import ALL, PROVEN, AboutPeople
from recovery.problems import (
    Damaged,
    InUse,
    NotPossible,
    OtherVersion,
    Problem,
    Taken,
    WrongKey,
)
from recovery.restoring import head_of
from tests.recovery import databases, moving
from tests.recovery.conftest import Backup


@dataclass(frozen=True)
class File:
    """The file of a small agency, with the key that opens it."""

    path: Path
    data: bytes
    private: str
    public: str


@pytest.fixture(scope="module")
def file(backup: Backup, tmp_path_factory: pytest.TempPathFactory) -> File:
    data, written = moving.exported(backup.database, "lakeside", backup.public)
    assert written.size == len(data) > 3 * 64 * 1024
    path = tmp_path_factory.mktemp("agency") / "lakeside.age"
    path.write_bytes(data)
    return File(path, data, backup.private, backup.public)


def refused(kind: type[Problem], data: bytes, file: File, target: str, path: Path) -> str:
    """Importing this is refused, and leaves nothing. The reason."""
    path.write_bytes(data)
    before = databases.everything(target)
    with pytest.raises(kind) as said:
        moving.imported(path, target, file.private)
    assert databases.everything(target) == before
    return str(said.value)


def plain(file: File) -> list[Frame]:
    frames: list[Frame] = []
    unpacking = Unpacking(frames.append)
    encryption.decrypt(io.BytesIO(file.data), unpacking, encryption.identities(file.private))
    unpacking.close()
    return frames


def sealed(frames: list[Frame], file: File) -> bytes:
    out = io.BytesIO()
    encryption.encrypt(packed(frames), out, encryption.recipients([file.public]))
    return out.getvalue()


@pytest.mark.parametrize("where", [0, 0.3, 0.9, 0.9999999])
def test_a_flipped_byte_is_found(file: File, target: str, tmp_path: Path, where: float) -> None:
    data = bytearray(file.data)
    data[int(where * len(data))] ^= 1
    refused(Problem, bytes(data), file, target, tmp_path / "flipped.age")


@pytest.mark.parametrize("part", [0, 0.5, 0.9999999])
def test_a_file_that_ends_early_is_found(
    file: File, target: str, tmp_path: Path, part: float
) -> None:
    data = file.data[: int(part * len(file.data))]
    refused(Damaged, data, file, target, tmp_path / "short.age")


def test_another_key_opens_nothing(file: File, target: str) -> None:
    with pytest.raises(WrongKey):
        moving.imported(file.path, target, encryption.new_key()[0])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"migrations": ["accounts.0001_initial"], "version": "0.0.1"}, "0.0.1, older"),
        ({"version": "9.9"}, "of version 9.9"),
        ({"format": 99}, "format 99"),
        ({"tables": {}}, "tables"),
    ],
)
def test_a_file_of_another_version_is_refused(
    file: File, target: str, tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    first, *others = plain(file)
    data = sealed([frame(Kind.HEAD, first.json() | changes), *others], file)
    assert words in refused(OtherVersion, data, file, target, tmp_path / "other.age")


def less_a_row(frames: list[Frame]) -> list[Frame]:
    at = max(number for number, each in enumerate(frames) if each.kind is Kind.ROWS)
    _row, _newline, rest = frames[at].content.partition(b"\n")
    return [*frames[:at], replace(frames[at], content=rest), *frames[at + 1 :]]


def less_a_table(frames: list[Frame]) -> list[Frame]:
    start = max(number for number, each in enumerate(frames) if each.kind is Kind.TABLE)
    return [*frames[:start], frames[-1]]


def with_another_name(frames: list[Frame]) -> list[Frame]:
    return [
        replace(each, content=each.content.replace(b"Person 1", b"Person 7")) for each in frames
    ]


@pytest.mark.parametrize("damage", [less_a_row, less_a_table, with_another_name])
def test_a_container_that_is_not_as_it_was_written_is_found(
    file: File, target: str, tmp_path: Path, damage: Callable[[list[Frame]], list[Frame]]
) -> None:
    data = sealed(damage(plain(file)), file)
    refused(Damaged, data, file, target, tmp_path / "changed.age")


def of_another_agency(frames: list[Frame]) -> list[Frame]:
    """One event more, of another agency, with all sums in order: whoever has the key can do it."""
    at = next(n for n, each in enumerate(frames) if each.content == b'"foundation_event"')
    end = next(n for n in range(at, len(frames)) if frames[n].kind is Kind.END)
    columns = frames[0].json()["tables"]["foundation_event"]
    whole = b"".join(each.content for each in frames[at + 1 : end])
    first = whole.split(b"\n")[0].split(b"\t")
    for name, by in (("id", 1_000_000), ("agency_id", 1)):
        first[columns.index(name)] = b"%d" % (int(first[columns.index(name)]) + by)
    whole += b"\t".join(first) + b"\n"
    rows = frames[end].json()["rows"] + 1
    told = frame(Kind.END, {"rows": rows, "sha256": sha256(whole).hexdigest()})
    foot = frames[-1].json()
    return [
        *frames[: at + 1],
        Frame(Kind.ROWS, whole),
        told,
        *frames[end + 1 : -1],
        frame(Kind.FOOT, foot | {"rows": foot["rows"] + 1}),
    ]


def test_a_forged_file_writes_into_no_other_agency(
    file: File, backup: Backup, tmp_path: Path
) -> None:
    name = databases.migrated("forged", copied_from=backup.database)
    path = tmp_path / "forged.age"
    path.write_bytes(sealed(of_another_agency(plain(file)), file))
    before = databases.everything(name)
    with pytest.raises(Damaged, match="of another agency"):
        moving.imported(path, name, file.private, slug="copy", answers=AboutPeople(apart=(ALL,)))
    assert databases.everything(name) == before
    databases.drop(name)


def test_a_backup_is_no_agency_and_an_agency_no_backup(
    file: File, backup: Backup, target: str
) -> None:
    with pytest.raises(OtherVersion, match="`restore` reads it"):
        moving.imported(backup.path, target, backup.private)
    with pytest.raises(OtherVersion, match="`import_agency` reads it"):
        head_of(file.path, encryption.identities(file.private))


def test_an_agency_that_is_not_there_is_not_exported(backup: Backup) -> None:
    with pytest.raises(NotPossible, match="no agency nowhere"):
        moving.exported(backup.database, "nowhere", backup.public)


def test_it_waits_for_nobody_for_long(
    file: File, backup: Backup, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recovery.moving.importing._PATIENCE", "50ms")
    with databases.owners(target) as other, other.transaction():
        other.execute("LOCK TABLE foundation_event IN ROW EXCLUSIVE MODE")
        with pytest.raises(InUse):
            moving.imported(file.path, target, file.private)


ADD = """
    INSERT INTO account_emailaddress (user_id, email, verified, "primary")
    SELECT id, email, true, true FROM accounts_user WHERE email = 'lee@lakeside.example'
"""


@pytest.fixture
def twice(backup: Backup) -> Iterator[str]:
    """A database in which everybody of the file has an account, Lee's address being proven."""
    name = databases.migrated("people", copied_from=backup.database)
    with databases.owners(name) as connection:
        connection.execute("DELETE FROM account_emailaddress")
        connection.execute(ADD)
    yield name
    databases.drop(name)


def test_whose_account_it_is_is_asked_and_never_guessed(
    twice: str, file: File, backup: Backup, tmp_path: Path
) -> None:
    path = tmp_path / "people.age"
    path.write_bytes(moving.exported(twice, "lakeside", backup.public)[0])
    for answers, words in (
        (AboutPeople(), "--same ADDRESS"),
        (AboutPeople(), "--apart NAME"),
        # Whoever's address is not proven on both sides is nobody's.
        (AboutPeople(same=(PROVEN,)), "3 people"),
        (
            AboutPeople(same=(PROVEN, "nobody@lakeside.example"), apart=(ALL,)),
            "Nobody here is like",
        ),
    ):
        before = databases.everything(twice)
        with pytest.raises(Taken) as said:
            moving.imported(path, twice, backup.private, slug="copy", answers=answers)
        assert words in str(said.value)
        assert databases.everything(twice) == before
    done = moving.imported(
        path,
        twice,
        backup.private,
        slug="copy",
        answers=AboutPeople(same=("lee@lakeside.example",), apart=("p0@lakeside.example", ALL)),
    )
    assert (done.new_accounts, done.joined, done.without_account) == (0, 1, 3)
    with databases.owners(twice) as connection:
        found = connection.execute(
            "SELECT m.name, u.email FROM accounts_member m"
            " LEFT JOIN accounts_user u ON u.id = m.user_id"
            " WHERE agency_id = (SELECT id FROM foundation_agency WHERE slug = 'copy')"
        ).fetchall()
    assert [email for _name, email in found if email] == ["lee@lakeside.example"]


def test_what_is_wrong_is_said_on_one_line(tmp_path: Path, backup: Backup) -> None:
    for arguments, words in (
        (("export_agency", "x", str(tmp_path / "x.age"), "--recipient", "no"), "no public key"),
        (("import_agency", "nowhere.age", "--identity", "nowhere.txt"), "nowhere.txt"),
    ):
        with pytest.raises(CommandError) as said:
            call_command(*arguments)
        assert words in str(said.value)
        assert "\n" not in str(said.value)
    assert not list(tmp_path.iterdir())
