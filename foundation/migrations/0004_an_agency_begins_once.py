"""The founding is counted from an agency's first day, which never comes later."""

from django.db import migrations

AGENCY_BEGINS_ONCE = """
CREATE FUNCTION public.agency_begins_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.opened > OLD.opened THEN
        RAISE EXCEPTION 'an agency does not begin later than it began'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER agency_begins_once BEFORE UPDATE OF opened ON foundation_agency
    FOR EACH ROW EXECUTE FUNCTION public.agency_begins_once();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0003_rules_in_the_database"),
    ]

    operations = [
        migrations.RunSQL(AGENCY_BEGINS_ONCE, migrations.RunSQL.noop),
    ]
