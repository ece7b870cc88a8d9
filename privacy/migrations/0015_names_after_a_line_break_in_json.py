"""In JSON, a line break is written as letters, which are no part of the word after them."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("privacy.migrations.0011_erasing_reaches").REMOVE_NAME
AS_JSON = """        IF shape = 'jsonb' THEN
            one := to_jsonb(one)::text;
            one := substr(one, 2, length(one) - 2);
        END IF;
"""
AFTER = (
    BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    # The words were found in the text of the JSON, as they are written there.
    .replace(AS_JSON, "")
    .replace(
        "pattern := '(?<![[:alnum:]])'", r"pattern := '(?:(?<![[:alnum:]])|(?<=\\[nrt]))'"
    )
)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0014_copies_of_data")]

    operations = [migrations.RunSQL([(AFTER, None)], migrations.RunSQL.noop)]
