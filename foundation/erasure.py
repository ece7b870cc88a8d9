"""Erasure of a person's words from the history tables, which nothing else ever changes."""

from django.db import connection

from foundation.models import TenantModel
from foundation.walls import eraser


def erase_history(row: TenantModel) -> int:
    """Overwrite a row's history as its `ErasableHistory` says; return how many rows changed.

    The serving login may not change history. A function owned by the database owner does it, and
    only for an erased row of the entered agency.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {eraser(row._meta.db_table)}(%s)", [row.pk])
        (changed,) = cursor.fetchone() or (0,)
    return int(changed)
