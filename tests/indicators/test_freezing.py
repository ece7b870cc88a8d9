import hashlib
import json

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import Member
from foundation.models import Agency
from indicators import actions
from indicators.models import FrozenSnapshot
from tests.indicators.conftest import Trial


def frozen(agency: Agency, trial: Trial, by: Member) -> FrozenSnapshot:
    trial.held.days = [agency.today()]
    trial.share.shares = {agency.today(): 24}
    actions.catch_up(agency)
    return actions.freeze(agency, by=by)


@pytest.mark.promise("snapshots")
def test_a_frozen_snapshot_holds_what_was_shown_in_words_and_numbers(
    trial: Trial, agency: Agency, administrator: Member
) -> None:
    kept = json.loads(frozen(agency, trial, administrator).text)
    assert kept["as_of"] == agency.today().isoformat()
    first, second = kept["indicators"]
    assert first["number"] == 3
    assert first["value_words"] == "24%"
    assert first["goal_words"] == "Goal: at least 20%"
    assert first["criteria"][0]["words"] == "24% are consumers."
    assert first["settings"][0] == {
        "code": "membership.least",
        "title": "Least share of consumers",
        "value": 20,
        "words": "20%",
    }
    assert [point["status"] for point in second["history"]] == ["met"]


def test_its_history_ends_with_what_it_shows(
    trial: Trial, agency: Agency, administrator: Member
) -> None:
    trial.share.shares = {agency.today(): 24}
    (first, _) = json.loads(actions.freeze(agency, by=administrator).text)["indicators"]
    assert [(point["day"], point["words"]) for point in first["history"]] == [
        (agency.today().isoformat(), "24%")
    ]


def test_its_checksum_is_that_of_its_text(
    trial: Trial, agency: Agency, administrator: Member
) -> None:
    snapshot = frozen(agency, trial, administrator)
    assert snapshot.checksum == hashlib.sha256(snapshot.text.encode()).hexdigest()


def test_its_checksum_tells_nobody_the_numbers_that_they_do_not_read(
    trial: Trial, agency: Agency, administrator: Member
) -> None:
    """Somebody who knows all numbers but one could try which one gives the checksum."""
    with time_machine.travel(timezone.now(), tick=False):
        once, again = (frozen(agency, trial, administrator) for _ in range(2))
    salts = {json.loads(each.text)["salt"] for each in (once, again)}
    assert len(salts) == 2
    assert once.checksum != again.checksum
    assert {len(salt) for salt in salts} == {32}


def test_its_text_is_canonical(trial: Trial, agency: Agency, administrator: Member) -> None:
    text = frozen(agency, trial, administrator).text
    again = json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert text == again


def test_what_changes_later_does_not_change_it(
    trial: Trial, agency: Agency, administrator: Member
) -> None:
    snapshot = frozen(agency, trial, administrator)
    trial.share.shares = {agency.today(): 3}
    again = FrozenSnapshot.objects.within(agency).get(pk=snapshot.pk)
    assert again.text == snapshot.text
    assert '"value":"24"' in again.text


def test_nobody_changes_or_deletes_it(trial: Trial, agency: Agency, administrator: Member) -> None:
    snapshot = frozen(agency, trial, administrator)
    snapshot.text = "{}"
    with pytest.raises(DatabaseError), transaction.atomic():
        snapshot.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        snapshot.delete()


def test_the_database_takes_no_text_with_another_checksum(
    trial: Trial, agency: Agency, administrator: Member
) -> None:
    snapshot = frozen(agency, trial, administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrozenSnapshot.objects.within(agency).create(
            as_of=agency.today(), text="{}", checksum=snapshot.checksum
        )
