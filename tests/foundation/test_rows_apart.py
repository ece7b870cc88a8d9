"""The separation of tables that lets rows be moved, archived and deleted."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission

from foundation.models import TenantModel

# Tables that only report on others: their partitions are swapped as tables.
LOOSE = {
    "foundation.event",
    "accounts.accesslog",
    "indicators.indicatorsnapshot",
    "notifications.message",
}


def tenants() -> list[type[TenantModel]]:
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def is_loose(model: Any) -> bool:
    return model._meta.label_lower in LOOSE or hasattr(model, "instance_type")


def keys_to_loose(models: list[Any], loose: Any = is_loose) -> Iterator[str]:
    """Foreign keys to such tables."""
    for model in models:
        for field in model._meta.local_fields:
            other = field.related_model
            if isinstance(other, type) and loose(other):
                yield f"{model._meta.label}.{field.name}"


def test_nothing_points_to_events_logs_snapshots_messages_or_history() -> None:
    assert {model._meta.label_lower for model in apps.get_models()} >= LOOSE
    assert list(keys_to_loose(apps.get_models())) == []
    # Keys to a popular model, such as members, would be found.
    assert list(keys_to_loose(apps.get_models(), lambda other: other.__name__ == "Member"))


def test_no_tenant_table_has_permissions_of_djangos_own() -> None:
    assert len(tenants()) > 80
    assert [model for model in tenants() if model._meta.default_permissions] == []
    histories = [model for model in apps.get_models() if hasattr(model, "instance_type")]
    assert len(histories) > 30
    assert [model for model in histories if model._meta.default_permissions] == []


@pytest.mark.django_db
def test_no_row_says_what_nobody_goes_by() -> None:
    tables = {(model._meta.app_label, model._meta.model_name) for model in tenants()}
    rows = Permission.objects.values_list("content_type__app_label", "content_type__model")
    assert tables.isdisjoint(set(rows))
