"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

from foundation import walls

# By standards of plans that have begun: their start is frozen. What touches it writes a row of
# its own in the same transaction, which says who, when and why.
BASELINE_IS_NOTED = """
CREATE FUNCTION public.baseline_is_noted(in_agency bigint, of_standard bigint) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.cells_baselinechange
        WHERE agency_id = in_agency AND standard_id = of_standard AND made_in = txid_current())
$$;
"""

CHART_OF_BASELINE_IS_LOCKED = """
CREATE FUNCTION public.chart_of_baseline_is_locked() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.cells_outcomestandard s
            JOIN public.cells_actionplan p ON p.id = s.plan_id
            WHERE s.agency_id = NEW.agency_id AND s.measure_id = NEW.measure_id
                AND NEW.period <= s.baseline_through AND s.frozen_on IS NOT NULL
                AND p.activated_on IS NOT NULL
                AND NOT public.baseline_is_noted(s.agency_id, s.id)) THEN
        RAISE EXCEPTION 'the baseline of measure % is frozen', NEW.measure_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER chart_of_baseline_is_locked AFTER INSERT OR UPDATE ON measures_adjustment
    FOR EACH ROW WHEN (NEW.kind <> 'baseline')
    EXECUTE FUNCTION chart_of_baseline_is_locked();
"""

STANDARD_IS_LOCKED = """
CREATE FUNCTION public.standard_is_locked() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    under_way boolean;
    begun boolean;
BEGIN
    SELECT status = 'active', activated_on IS NOT NULL INTO under_way, begun
        FROM public.cells_actionplan WHERE id = OLD.plan_id;
    IF begun AND (TG_OP = 'DELETE' OR OLD.frozen_on IS NOT NULL
            AND (NEW.plan_id, NEW.measure_id, NEW.role, NEW.baseline, NEW.baseline_through,
                NEW.frozen_on)
            IS DISTINCT FROM (OLD.plan_id, OLD.measure_id, OLD.role, OLD.baseline,
                OLD.baseline_through, OLD.frozen_on)
        OR under_way AND (NEW.target, NEW.target_on) IS DISTINCT FROM (OLD.target, OLD.target_on))
        AND NOT public.baseline_is_noted(OLD.agency_id, OLD.id) THEN
        RAISE EXCEPTION 'the start and the goal of standard % are locked', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER standard_is_locked BEFORE UPDATE OR DELETE ON cells_outcomestandard
    FOR EACH ROW EXECUTE FUNCTION standard_is_locked();
"""

MEASURE_IN_USE_IS_LOCKED = """
CREATE FUNCTION public.measure_in_use_is_locked() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    other boolean := (NEW.kind, NEW.direction, NEW.numerator, NEW.denominator, NEW.per, NEW.unit,
            NEW.frequency, NEW.inclusion, NEW.exclusion)
        IS DISTINCT FROM (OLD.kind, OLD.direction, OLD.numerator, OLD.denominator, OLD.per, OLD.unit,
            OLD.frequency, OLD.inclusion, OLD.exclusion);
BEGIN
    IF NOT other AND NEW.retired_on IS NOT DISTINCT FROM OLD.retired_on THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM public.cells_outcomestandard s
            JOIN public.cells_actionplan p ON p.id = s.plan_id
            LEFT JOIN public.cells_sustainplan w ON w.plan_id = p.id AND w.ended_on IS NULL
            WHERE s.agency_id = NEW.agency_id AND s.measure_id = NEW.id
                AND (other OR NEW.retired_on IS NOT NULL)
                AND (p.status = 'active' OR p.status = 'finished' AND w.id IS NOT NULL)) THEN
        RAISE EXCEPTION 'a plan is judged by measure %', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF other AND EXISTS (SELECT FROM public.cells_outcomestandard s
            JOIN public.cells_actionplan p ON p.id = s.plan_id
            WHERE s.agency_id = NEW.agency_id AND s.measure_id = NEW.id
                AND s.frozen_on IS NOT NULL AND p.activated_on IS NOT NULL
                AND NOT public.baseline_is_noted(s.agency_id, s.id)) THEN
        RAISE EXCEPTION 'a plan started from measure % as it was', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER measure_in_use_is_locked AFTER UPDATE ON measures_measure
    FOR EACH ROW EXECUTE FUNCTION measure_in_use_is_locked();
"""

BASELINE_CHANGE_IS_KEPT = """
CREATE FUNCTION public.baseline_change_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR OLD.confirmed_on IS NOT NULL
        OR NEW.after IS DISTINCT FROM OLD.after
            AND (OLD.after IS NOT NULL OR OLD.made_in <> txid_current())
        OR (NEW.agency_id, NEW.standard_id, NEW.cause, NEW."on", NEW.by_id, NEW.reason, NEW.before,
            NEW.made_in)
        IS DISTINCT FROM (OLD.agency_id, OLD.standard_id, OLD.cause, OLD."on", OLD.by_id,
            OLD.reason, OLD.before, OLD.made_in) THEN
        RAISE EXCEPTION 'what was done to a baseline stays on record'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER baseline_change_is_kept BEFORE UPDATE OR DELETE ON cells_baselinechange
    FOR EACH ROW EXECUTE FUNCTION baseline_change_is_kept();
"""

BASELINE_CHANGE_IS_OF_NOW = """
CREATE FUNCTION public.baseline_change_is_of_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.made_in := txid_current();
    RETURN NEW;
END
$$;
CREATE TRIGGER baseline_change_is_of_now BEFORE INSERT ON cells_baselinechange
    FOR EACH ROW EXECUTE FUNCTION baseline_change_is_of_now();
"""

# Deferred triggers fire at commit, when the agency may have been left: they run as the owner.
STILL_GOING_ON = """
CREATE FUNCTION public.cells_still_going_on(in_agency bigint, in_cell bigint) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT 'an idea' FROM public.cells_opportunity
        WHERE agency_id = in_agency AND cell_id = in_cell
            AND state IN ('raised', 'chosen', 'parked', 'closing')
    UNION ALL
    SELECT 'a vote' FROM public.cells_priorityround
        WHERE agency_id = in_agency AND cell_id = in_cell
            AND status IN ('gathering', 'talking', 'open')
    UNION ALL
    SELECT 'a plan' FROM public.cells_actionplan p
        JOIN public.cells_opportunity o ON o.id = p.opportunity_id
        LEFT JOIN public.cells_sustainplan w ON w.plan_id = p.id AND w.ended_on IS NULL
        WHERE p.agency_id = in_agency AND o.cell_id = in_cell AND (p.status IN ('draft', 'active')
            OR p.slipped_on IS NOT NULL AND p.left_on IS NULL AND w.id IS NULL)
    UNION ALL
    SELECT 'a step' FROM public.cells_actionstep s
        JOIN public.cells_actionplan p ON p.id = s.plan_id
        JOIN public.cells_opportunity o ON o.id = p.opportunity_id
        WHERE s.agency_id = in_agency AND o.cell_id = in_cell AND s.status IN ('to_do', 'started')
    UNION ALL
    SELECT 'a small test' FROM public.cells_pdsacycle t
        JOIN public.cells_actionplan p ON p.id = t.plan_id
        JOIN public.cells_opportunity o ON o.id = p.opportunity_id
        WHERE t.agency_id = in_agency AND o.cell_id = in_cell AND t.ended_on IS NULL
            AND t.broken_off_on IS NULL AND t.recorded_on IS NULL
    UNION ALL
    SELECT 'a measure' FROM public.measures_measure m
        JOIN public.cells_cell c ON c.group_id = m.owner_id
        WHERE m.agency_id = in_agency AND c.id = in_cell AND m.retired_on IS NULL
            AND NOT EXISTS (SELECT FROM public.cells_outcomestandard s
                JOIN public.cells_sustainplan w ON w.plan_id = s.plan_id
                WHERE s.measure_id = m.id AND w.ended_on IS NULL)
    LIMIT 1
$$;
"""

CLOSED_CELL_IS_SETTLED = """
CREATE FUNCTION public.closed_cell_is_settled() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_group bigint;
    of_cell bigint;
    ended date;
    still text;
BEGIN
    IF TG_TABLE_NAME = 'groups_group' THEN
        SELECT id INTO of_cell FROM public.cells_cell WHERE group_id = NEW.id;
    ELSIF TG_TABLE_NAME = 'measures_measure' THEN
        SELECT id INTO of_cell FROM public.cells_cell WHERE group_id = NEW.owner_id;
    ELSIF TG_TABLE_NAME IN ('cells_opportunity', 'cells_priorityround') THEN
        of_cell := NEW.cell_id;
    ELSE
        SELECT o.cell_id INTO of_cell FROM public.cells_actionplan p
            JOIN public.cells_opportunity o ON o.id = p.opportunity_id
            WHERE p.id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    END IF;
    IF of_cell IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT group_id INTO of_group FROM public.cells_cell WHERE id = of_cell;
    -- Who begins something and who closes the cell wait for each other.
    SELECT closed INTO ended FROM public.groups_group WHERE id = of_group FOR SHARE;
    IF ended IS NULL THEN
        RETURN NULL;
    END IF;
    still := public.cells_still_going_on(NEW.agency_id, of_cell);
    IF still IS NOT NULL THEN
        RAISE EXCEPTION 'cell % is closed, and % still goes on in it', of_cell, still
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER closed_cell_is_settled AFTER INSERT OR UPDATE OF closed ON groups_group
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.kind = 'cell' AND NEW.closed IS NOT NULL)
    EXECUTE FUNCTION closed_cell_is_settled();
CREATE CONSTRAINT TRIGGER closed_cell_is_settled AFTER INSERT OR UPDATE ON cells_opportunity
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state IN ('raised', 'chosen', 'parked', 'closing'))
    EXECUTE FUNCTION closed_cell_is_settled();
CREATE CONSTRAINT TRIGGER closed_cell_is_settled AFTER INSERT OR UPDATE ON cells_priorityround
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.status IN ('gathering', 'talking', 'open'))
    EXECUTE FUNCTION closed_cell_is_settled();
CREATE CONSTRAINT TRIGGER closed_cell_is_settled AFTER INSERT OR UPDATE ON cells_actionplan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.status IN ('draft', 'active') OR NEW.slipped_on IS NOT NULL)
    EXECUTE FUNCTION closed_cell_is_settled('id');
CREATE CONSTRAINT TRIGGER closed_cell_is_settled AFTER INSERT OR UPDATE ON cells_actionstep
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status IN ('to_do', 'started'))
    EXECUTE FUNCTION closed_cell_is_settled('plan_id');
CREATE CONSTRAINT TRIGGER closed_cell_is_settled AFTER INSERT OR UPDATE ON cells_pdsacycle
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.ended_on IS NULL AND NEW.broken_off_on IS NULL)
    EXECUTE FUNCTION closed_cell_is_settled('plan_id');
CREATE CONSTRAINT TRIGGER closed_cell_is_settled AFTER INSERT OR UPDATE ON cells_sustainplan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ended_on IS NOT NULL)
    EXECUTE FUNCTION closed_cell_is_settled('plan_id');
CREATE CONSTRAINT TRIGGER closed_cell_is_settled AFTER INSERT OR UPDATE ON measures_measure
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.retired_on IS NULL)
    EXECUTE FUNCTION closed_cell_is_settled();
"""

BASELINE_IS_LOCKED = """
CREATE FUNCTION public.baseline_is_locked() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was public.measures_datapoint := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
    now public.measures_datapoint := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    touched bigint;
BEGIN
    SELECT s.id INTO touched FROM public.cells_outcomestandard s
        JOIN public.cells_actionplan p ON p.id = s.plan_id
        WHERE s.agency_id = now.agency_id AND s.measure_id IN (was.measure_id, now.measure_id)
            AND least(was.period, now.period) <= s.baseline_through
            AND s.frozen_on IS NOT NULL AND p.activated_on IS NOT NULL
            AND NOT public.baseline_is_noted(s.agency_id, s.id)
        LIMIT 1;
    IF touched IS NOT NULL THEN
        RAISE EXCEPTION 'the baseline of standard % is frozen', touched
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER baseline_is_locked_insert AFTER INSERT ON measures_datapoint
    FOR EACH ROW WHEN (NEW.numerator IS NOT NULL)
    EXECUTE FUNCTION baseline_is_locked();
CREATE TRIGGER baseline_is_locked_update AFTER UPDATE ON measures_datapoint
    FOR EACH ROW WHEN (
        (NEW.measure_id, NEW.period, NEW.numerator, NEW.denominator, NEW."values")
        IS DISTINCT FROM (OLD.measure_id, OLD.period, OLD.numerator, OLD.denominator, OLD."values"))
    EXECUTE FUNCTION baseline_is_locked();
CREATE TRIGGER baseline_is_locked_delete AFTER DELETE ON measures_datapoint
    FOR EACH ROW WHEN (OLD.numerator IS NOT NULL)
    EXECUTE FUNCTION baseline_is_locked();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cells", "0001_initial"),
        ("groups", "0001_initial"),
        ("measures", "0001_initial"),
    ]

    operations = [
        walls.AppendOnly("Touched"),
        migrations.RunSQL(BASELINE_IS_NOTED, migrations.RunSQL.noop),
        migrations.RunSQL(CHART_OF_BASELINE_IS_LOCKED, migrations.RunSQL.noop),
        migrations.RunSQL(STANDARD_IS_LOCKED, migrations.RunSQL.noop),
        migrations.RunSQL(MEASURE_IN_USE_IS_LOCKED, migrations.RunSQL.noop),
        migrations.RunSQL(BASELINE_CHANGE_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(BASELINE_CHANGE_IS_OF_NOW, migrations.RunSQL.noop),
        migrations.RunSQL(STILL_GOING_ON, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSED_CELL_IS_SETTLED, migrations.RunSQL.noop),
        migrations.RunSQL(BASELINE_IS_LOCKED, migrations.RunSQL.noop),
    ]
