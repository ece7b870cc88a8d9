import django.db.models.deletion
import foundation.models
from django.db import migrations

# Who owns a measure now is also the last of those who owned it, so that no day is without one.
# Deferred triggers fire at commit, when the agency may have been left: they run as the owner.
AGREE = """
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
DIFFER = """
DROP TRIGGER measure_has_its_owner ON measures_measure;
DROP TRIGGER measure_has_its_owner ON measures_ownership;
DROP FUNCTION public.measure_has_its_owner();
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_owned_by_their_cells")]

    operations = [
        migrations.AlterField(
            model_name="measure",
            name="owner",
            field=foundation.models.Key(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.RemoveField(model_name="measure", name="cell"),
        migrations.RemoveField(model_name="historicalmeasure", name="cell"),
        migrations.RunSQL(AGREE, DIFFER),
    ]
