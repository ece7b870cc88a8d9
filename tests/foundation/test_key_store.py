"""Keys are whole or not there, readable by their owner only, and gone once destroyed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cqi_portal.health import NotFit, refuse_what_does_harm
from foundation import key_store
from foundation.sealing import KeyPair, NotOurs, close, open_with, size

NAME = "0123456789abcdef"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.KEY_STORE = str(tmp_path / "keys")
    return tmp_path / "keys"


def test_a_key_is_kept_read_and_destroyed(folder: Path) -> None:
    assert key_store.names() == set()
    key_store.keep(NAME, b"a key")
    assert key_store.read(NAME) == b"a key"
    assert key_store.names() == {NAME}
    assert [each.name for each in folder.iterdir()] == [NAME]
    key_store.destroy(NAME)
    key_store.destroy(NAME)
    assert key_store.read(NAME) is None
    assert [*folder.iterdir()] == []


def test_only_its_owner_reads_it(folder: Path) -> None:
    key_store.keep(NAME, b"a key")
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / NAME).stat().st_mode & 0o177 == 0


def test_of_many_at_once_one_keeps_its_key_whole() -> None:
    def keep(letter: int) -> bool:
        try:
            key_store.keep(NAME, bytes([letter]) * 10_000)
        except FileExistsError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        kept = [*threads.map(keep, range(8))]
    assert kept.count(True) == 1
    assert key_store.read(NAME) == bytes([kept.index(True)]) * 10_000
    assert key_store.names() == {NAME}


@pytest.mark.parametrize("name", ["", "../0123456789abcdef", "0123", "/etc/passwd", NAME.upper()])
def test_a_name_leads_nowhere_else(name: str) -> None:
    for act in (key_store.read, key_store.destroy, lambda name: key_store.keep(name, b"")):
        with pytest.raises(ValueError, match="does not name a key"):
            act(name)


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_portal_does_not_start_without_a_place_for_keys(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.KEY_STORE = str(tmp_path / "file" / "keys")
    with pytest.raises(NotFit, match="KEY_STORE"):
        refuse_what_does_harm()


def test_an_envelope_has_one_size_and_opens_for_its_key_and_purpose_only() -> None:
    pair = KeyPair.new()
    for content in (b"", b"\0\0", b"x" * 100):
        envelope = close(pair.public, content, room=100, purpose="a test")
        assert len(envelope) == size(100)
        assert open_with(pair.private, pair.public, envelope, purpose="a test") == content
    with pytest.raises(ValueError, match="fit"):
        close(pair.public, b"x" * 101, room=100, purpose="a test")
    other = KeyPair.new()
    for private, public, sealed, purpose in (
        (other.private, pair.public, envelope, "a test"),
        (pair.private, other.public, envelope, "a test"),
        (pair.private, pair.public, envelope, "another"),
        (pair.private, pair.public, envelope[:-1], "a test"),
        (pair.private, pair.public, b"", "a test"),
        (pair.private, pair.public, bytes([envelope[0] ^ 1]) + envelope[1:], "a test"),
    ):
        with pytest.raises(NotOurs):
            open_with(private, public, sealed, purpose=purpose)
