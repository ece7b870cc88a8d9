from django.db import migrations

# By itself: PostgreSQL alters no table in the transaction that has just written into it. In an
# order by chance, so that a number tells nothing.
NUMBERS = """
WITH drawn AS (
    SELECT id, count(*) OVER people AS bearers, translate(
        lpad(to_oct({first} + (37 * row_number() OVER (PARTITION BY agency_id, accounts_name_key({name})
            ORDER BY random()) + 101) % 512), {digits}, '0'), '01234567', '23456789') AS number
    FROM accounts_member WHERE erased_at IS NULL
    WINDOW people AS (PARTITION BY agency_id, accounts_name_key({name}))
)
UPDATE accounts_member SET {column} = drawn.number
    FROM drawn WHERE drawn.id = accounts_member.id AND drawn.bearers > 1;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_people_of_one_name")]

    operations = [
        migrations.RunSQL(
            NUMBERS.format(name=name, column=column, first=first, digits=digits),
            migrations.RunSQL.noop,
        )
        # Of different lengths: the same number after both names would join them.
        for name, column, first, digits in (
            ("display_name", "shown_number", 0, 3),
            ("name", "full_number", 512, 4),
        )
    ]
