"""Each version of a row is kept; the way to do so is computed only once."""

from accounts.models import Member
from foundation.history import KeptManager


def test_every_version_of_a_row_is_kept(consumer: Member) -> None:
    consumer.display_name = "Rosie"
    consumer.save()
    names = consumer.history.order_by("history_id").values_list("display_name", flat=True)
    assert list(names) == ["Rosa", "Rosie"]


def test_the_manager_of_versions_is_made_once(consumer: Member, provider: Member) -> None:
    assert type(consumer.history) is type(provider.history)
    assert isinstance(consumer.history, KeptManager)
