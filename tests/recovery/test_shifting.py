"""Keys in rows are shifted wherever they stand, and nothing else is."""

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.keys import KEYS
from recovery.moving.register import KeyPlace
from recovery.moving.shifting import NULL, Shift, shifter
from recovery.problems import Damaged

SECRET = bytes(32)
TURNED = Shift(by=5, secret=SECRET, turned=True)


def shifted(holds: KeyPlace, value: str) -> str:
    shift = Shift(by=100, secret=SECRET, users={1: 7, 2: None})
    return (
        shifter("foundation_event", ["data"], {"foundation_event": {"data": holds}}, shift)
        .row(value.encode())
        .decode()
    )


@given(st.integers(1, KEYS - 1), st.integers(-KEYS, KEYS))
def test_a_number_goes_around_and_comes_back(key: int, by: int) -> None:
    there = Shift(by, SECRET).number(key)
    assert 1 <= there < KEYS
    assert Shift(-by, SECRET).number(there) == key


@given(st.uuids(), st.uuids())
def test_random_uuids_stay_apart_and_in_their_order(one: uuid.UUID, two: uuid.UUID) -> None:
    shift = Shift(1, SECRET)
    assert shift.uuid(one) != one
    assert shift.uuid(shift.uuid(one)) == one
    if one.int >> 48 != two.int >> 48:
        assert (shift.uuid(one) < shift.uuid(two)) == (one < two)


@pytest.mark.parametrize(
    ("holds", "value", "expected"),
    [
        (KeyPlace.KEY, "23", "123"),
        (KeyPlace.KEY, "0", "0"),
        (KeyPlace.KEY, "{1,22}", "{101,122}"),
        (KeyPlace.KEY, "\\N", "\\N"),
        (KeyPlace.TEXT, "message 5", "message 105"),
        (KeyPlace.TEXT, "digest 2026-W07", "digest 2026-W07"),
        (KeyPlace.TEXT, "5", "105"),
        (KeyPlace.USER, "1", "7"),
        (KeyPlace.USER, "2", "\\N"),
        (KeyPlace.PATHS, '{"member": 5, "count": 5}', '{"member": 105, "count": 5}'),
        (KeyPlace.PATHS, '{"parts": [1, 2], "ideas": 2}', '{"parts": [101, 102], "ideas": 2}'),
        (KeyPlace.PATHS, '{"to": null, "row": true}', '{"to": null, "row": true}'),
        (KeyPlace.PATHS, '{"on": 1.50, "group": 1}', '{"on": 1.50, "group": 101}'),
        (KeyPlace.PATHS, r'{"why": "a \\"b\\" \\\\ \\n é"}', r'{"why": "a \\"b\\" \\\\ \\n é"}'),
    ],
)
def test_each_place_is_shifted_in_its_way(holds: KeyPlace, value: str, expected: str) -> None:
    assert shifted(holds, value) == expected


def test_evidence_and_former_values_are_shifted() -> None:
    criteria = '[{"evidence": [["group", 3], ["seat", 4, true]], "params": {"days": 3}}]'
    held = {"indicators_indicatorsnapshot": {"criteria": KeyPlace.PATHS}}
    shift = Shift(by=100, secret=SECRET)
    change = shifter("indicators_indicatorsnapshot", ["criteria"], held, shift)
    found = json.loads(change.row(criteria.encode()))
    assert found == [{"evidence": [["group", 103], ["seat", 104, True]], "params": {"days": 3}}]


def test_a_code_that_is_unique_is_turned_only_beside_its_original() -> None:
    code, digest = "ABCD2345", "ab" * 32
    assert Shift(5, SECRET).sealed(code) == code
    assert TURNED.sealed(code) != code
    assert len(TURNED.sealed(code)) == len(code)
    assert TURNED.sealed(digest) != digest
    assert len(TURNED.sealed(digest)) == len(digest)


def test_a_row_of_another_length_is_found() -> None:
    with pytest.raises(Damaged):
        shifter("x", ["a", "b"], {}, TURNED).row(NULL)


@pytest.mark.parametrize(
    ("holds", "value"),
    [(KeyPlace.KEY, b"x"), (KeyPlace.USER, b"9"), (KeyPlace.PATHS, b"{"), (KeyPlace.KEY, b"a-b")],
)
def test_a_value_that_is_none_is_found(holds: KeyPlace, value: bytes) -> None:
    with pytest.raises(Damaged):
        shifter("foundation_event", ["data"], {"foundation_event": {"data": holds}}, TURNED).row(
            value
        )


def test_a_row_out_of_use_is_shifted_as_one_in_use() -> None:
    held = {
        "privacy_archivedrow": {"row": KeyPlace.ROW},
        "foundation_event": {
            "id": KeyPlace.KEY,
            "agency_id": KeyPlace.AGENCY,
            "data": KeyPlace.PATHS,
            "user_id": KeyPlace.USER,
            "actor_id": KeyPlace.KEY,
        },
    }
    shift = Shift(by=100, secret=SECRET, users={1: None})
    change = shifter("privacy_archivedrow", ["place", "row"], held, shift)
    row = '{"id": 1, "name": "a", "data": {"group": 3}, "user_id": 1, "actor_id": null}'
    _place, found = change.row(f"foundation_event\t{row}".encode()).split(b"\t")
    assert json.loads(found) == {
        "id": 101,
        "name": "a",
        "data": {"group": 103},
        "user_id": None,
        "actor_id": None,
    }
