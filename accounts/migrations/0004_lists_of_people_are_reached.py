"""Erasing reaches the rows of uploaded lists of people, as the register of personal data says."""

from django.db import migrations

from foundation.reach import Reach, ReachedColumn

PLACES = tuple(
    ReachedColumn("accounts_peoplelist", column, "id", None, None, None)
    for column in ("left_out", "rows")
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people_from_a_list"),
        ("privacy", "0004_where_erasing_reaches"),
    ]

    operations = [Reach(*PLACES)]
