"""What snapshots rest on is written by its code."""

from importlib import import_module

from django.db import migrations

subjects = import_module("foundation.migrations.0007_subjects_have_codes")

# Each criterion holds its evidence as [code, key] or [code, key, true].
RENAMED = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE indicators_indicatorsnapshot DISABLE TRIGGER USER;
UPDATE indicators_indicatorsnapshot SET criteria = (
    SELECT jsonb_agg(jsonb_set(judged, ARRAY['evidence'], (
        SELECT coalesce(jsonb_agg(jsonb_set(
            one, ARRAY['0'], to_jsonb(coalesce(named.after, one->>0))
        ) ORDER BY place), '[]')
        FROM jsonb_array_elements(judged->'evidence') WITH ORDINALITY AS rests_on (one, place)
        LEFT JOIN (VALUES {names}) AS named (before, after) ON named.before = one->>0
    )) ORDER BY turn)
    FROM jsonb_array_elements(criteria) WITH ORDINALITY AS criterion (judged, turn)
) WHERE criteria <> '[]';
ALTER TABLE indicators_indicatorsnapshot ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_nobody_goes_by_permissions"),
        ("foundation", "0007_subjects_have_codes"),
    ]

    operations = [
        migrations.RunSQL(
            RENAMED.format(names=subjects.rows(subjects.CODES)),
            RENAMED.format(names=subjects.rows(subjects.PRESENT)),
        ),
    ]
