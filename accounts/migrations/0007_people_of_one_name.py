import django.db.models.functions.text
from django.db import migrations, models

import accounts.namesakes
from foundation.walls import ErasableHistory, Walls

# A name as people read it. Two that look alike have one key: without case, accents, spaces and
# signs, letters of other scripts as the Latin ones that they look like, 0 as o, 1 and I as l, rn as
# m. A name of signs alone stays what it is.
ALIKE = (
    ("01iıɪɩłøđðħŧɑɡ", "olllllloddhtag"),
    ("авекмнорстухіјѕԁһԛԝӏьґ", "abekmhopctyxljsdhqwlbr"),
    ("αβεζηικμνορτυχγ", "abezhlkmnoptuxy"),
)
NAME_KEY = r"""
CREATE OR REPLACE FUNCTION accounts_name_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(replace(COALESCE(NULLIF(bare, ''), small), 'rn', 'm'), 'vv', 'w') FROM (
        SELECT small, translate(
            replace(replace(replace(
                regexp_replace(
                    replace(small, '|', 'l') COLLATE "pg_c_utf8",
                    '[[:space:][:punct:]$+<=>^`~\u00AD\u02B0-\u036F\u200B-\u200F\u2028-\u202F'
                    '\u2060-\u206F\uFE00-\uFE0F\uFEFF]',
                    '', 'g'
                ),
                'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
            '{letters}',
            '{read_as}'
        ) AS bare FROM (
            SELECT lower(normalize(name, NFKD) COLLATE "pg_c_utf8") AS small
        ) AS lowered
    ) AS stripped
$$;
""".replace(
    "{letters}", "".join(letters for letters, _read_as in ALIKE)
).replace("{read_as}", "".join(read_as for _letters, read_as in ALIKE))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_those_who_left_before"),
        ("foundation", "0004_attempts"),
    ]

    operations = [
        migrations.RunSQL(NAME_KEY, "DROP FUNCTION accounts_name_key(text);"),
        *(
            migrations.AddField(
                model_name=model,
                name=name,
                field=models.CharField(blank=True, db_default="", default="", max_length=length),
            )
            for model in ("historicalmember", "member")
            for name, length in (("addition", 30), ("shown_number", 6), ("full_number", 6))
        ),
        migrations.AddField(
            model_name="member",
            name="full_name",
            field=accounts.namesakes.Stored(
                db_persist=True,
                expression=models.Case(
                    models.When(full_number="", then=models.F("name")),
                    default=django.db.models.functions.text.Concat(
                        models.F("name"), models.Value(" #"), models.F("full_number")
                    ),
                ),
                output_field=models.CharField(max_length=200),
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="shown_name",
            field=accounts.namesakes.Stored(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        addition="",
                        then=models.Case(
                            models.When(shown_number="", then=models.F("display_name")),
                            default=django.db.models.functions.text.Concat(
                                models.F("display_name"),
                                models.Value(" #"),
                                models.F("shown_number"),
                            ),
                        ),
                    ),
                    default=django.db.models.functions.text.Concat(
                        models.F("display_name"),
                        models.Value(" ("),
                        models.F("addition"),
                        models.Value(")"),
                    ),
                ),
                output_field=models.CharField(max_length=200),
            ),
        ),
        ErasableHistory(
            "Member",
            "erased_at",
            {
                "name": "Former member",
                "display_name": "Former member",
                "addition": "",
                "shown_number": "",
                "full_number": "",
                "contact": "",
                "user_id": None,
            },
        ),
        Walls(),
    ]
