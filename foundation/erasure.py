"""A person's words can be taken out of the history tables, which nothing else ever changes."""

from django.db import connection

from foundation.models import TenantModel
from foundation.walls import eraser


def erase_history(row: TenantModel) -> int:
    """Put the values of its `ErasableHistory` over the history of a row; returns how many rows.

    The serving login may not change history: a function of the owner does this, and only for a row
    that was erased, of the agency that was entered.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {eraser(row._meta.db_table)}(%s)", [row.pk])
        (changed,) = cursor.fetchone() or (0,)
    return int(changed)
