"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

NO_CONTACT_IS_KEPT = """
CREATE FUNCTION safety_no_contact_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'no-contact orders stay on record' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.ended_at IS NOT NULL THEN
            RAISE EXCEPTION 'a no-contact order begins without its end'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'this no-contact order has ended' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.agency_id, NEW.one_id, NEW.other_id, NEW.reason, NEW.since, NEW.by_id, NEW.at)
        IS DISTINCT FROM
        (OLD.agency_id, OLD.one_id, OLD.other_id, OLD.reason, OLD.since, OLD.by_id, OLD.at)
    THEN
        RAISE EXCEPTION 'who must not meet, why and since when does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.one_knows AND NOT NEW.one_knows) OR (OLD.other_knows AND NOT NEW.other_knows) THEN
        RAISE EXCEPTION 'who was told knows it' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.until IS DISTINCT FROM OLD.until AND (NEW.ended_at IS NULL OR NEW.until > OLD.until) THEN
        RAISE EXCEPTION 'a no-contact order ends early only when somebody ends it'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reviewed_on < OLD.reviewed_on THEN
        RAISE EXCEPTION 'a review stays on record' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER no_contact_is_kept BEFORE INSERT OR UPDATE OR DELETE ON safety_nocontact
    FOR EACH ROW EXECUTE FUNCTION safety_no_contact_is_kept();
CREATE TRIGGER no_contact_is_kept_truncate BEFORE TRUNCATE ON safety_nocontact
    FOR EACH STATEMENT EXECUTE FUNCTION safety_no_contact_is_kept();
"""

RIGHTS = """
REVOKE DELETE, TRUNCATE ON safety_nocontact FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(NO_CONTACT_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
