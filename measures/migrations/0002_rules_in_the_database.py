"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

# Who owns a measure now is also the last of those who owned it, so that no day is without one.
# Deferred triggers fire at commit, when the agency may have been left: they run as the owner.
MEASURE_HAS_ITS_OWNER = """
CREATE FUNCTION public.measure_has_its_owner() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_measure bigint := CASE WHEN TG_TABLE_NAME = 'measures_measure' THEN NEW.id
        ELSE (to_jsonb(coalesce(NEW, OLD)) ->> 'measure_id')::bigint END;
    owner bigint;
    held bigint;
BEGIN
    SELECT owner_id INTO owner FROM public.measures_measure WHERE id = of_measure;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT group_id INTO held FROM public.measures_ownership
        WHERE measure_id = of_measure AND until IS NULL;
    IF held IS DISTINCT FROM owner THEN
        RAISE EXCEPTION 'measure % has another owner than it says', of_measure
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER measure_has_its_owner AFTER INSERT OR UPDATE OF owner_id
    ON measures_measure DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION measure_has_its_owner();
CREATE CONSTRAINT TRIGGER measure_has_its_owner AFTER INSERT OR UPDATE OR DELETE
    ON measures_ownership DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION measure_has_its_owner();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(MEASURE_HAS_ITS_OWNER, migrations.RunSQL.noop),
    ]
