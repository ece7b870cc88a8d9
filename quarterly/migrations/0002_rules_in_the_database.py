"""Rules that hold whatever writes: only the consumers release an Account, and then it is kept."""

from django.db import migrations

IS_KEPT = """
CREATE FUNCTION quarterly_account_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.status IN ('released', 'out') AND (
        NEW.committee_id, NEW.since, NEW.until, NEW.opening, NEW.text, NEW.checksum,
        NEW.decision_id, NEW.released_on, NEW.reply_until
    ) IS DISTINCT FROM (
        OLD.committee_id, OLD.since, OLD.until, OLD.opening, OLD.text, OLD.checksum,
        OLD.decision_id, OLD.released_on, OLD.reply_until
    ) THEN
        RAISE EXCEPTION 'a released account never changes' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status = 'out' AND (
        NEW.status, NEW.reply, NEW.replied_on, NEW.replied_by_id, NEW.out_on
    ) IS DISTINCT FROM (
        OLD.status, OLD.reply, OLD.replied_on, OLD.replied_by_id, OLD.out_on
    ) THEN
        RAISE EXCEPTION 'an account that is out never changes' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status = 'asked' AND NEW.status <> 'draft'
        AND (NEW.opening, NEW.text, NEW.checksum, NEW.decision_id)
            IS DISTINCT FROM (OLD.opening, OLD.text, OLD.checksum, OLD.decision_id) THEN
        RAISE EXCEPTION 'what the consumers decide about stays as it is'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'asked'
        AND NEW.checksum <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the checksum is that of the text' USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.status, NEW.status) NOT IN (
        ('draft', 'draft'), ('draft', 'asked'), ('asked', 'asked'), ('asked', 'draft'),
        ('asked', 'released'), ('released', 'released'), ('released', 'out'), ('out', 'out')
    ) THEN
        RAISE EXCEPTION 'an account is asked for, released, then out'
            USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.status, NEW.status) = ('asked', 'released') AND NOT EXISTS (
        SELECT FROM public.groups_decision d
        JOIN public.oversight_committee c
            ON c.agency_id = d.agency_id AND c.group_id = d.group_id
        WHERE d.agency_id = NEW.agency_id AND d.id = NEW.decision_id
            AND c.id = NEW.committee_id AND d.status = 'adopted' AND d.caucus
            AND d.subject_type = 'quarterly_account' AND d.subject_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'only the consumers of the committee release an account'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER account_is_kept BEFORE UPDATE ON quarterly_quarterlyaccount FOR EACH ROW
    WHEN (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION quarterly_account_is_kept();
"""

BEGINS_AS_DRAFT = """
CREATE FUNCTION quarterly_account_begins_as_draft() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'an account begins as a draft' USING ERRCODE = 'check_violation';
    END IF;
    RAISE EXCEPTION 'a released account is kept' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER account_begins_as_draft BEFORE INSERT ON quarterly_quarterlyaccount FOR EACH ROW
    WHEN (NEW.status <> 'draft') EXECUTE FUNCTION quarterly_account_begins_as_draft();
CREATE TRIGGER account_is_not_deleted BEFORE DELETE ON quarterly_quarterlyaccount FOR EACH ROW
    WHEN (
        OLD.status IN ('released', 'out')
        AND current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
    )
    EXECUTE FUNCTION quarterly_account_begins_as_draft();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("quarterly", "0001_initial"),
        ("groups", "0001_initial"),
        ("oversight", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(BEGINS_AS_DRAFT, migrations.RunSQL.noop),
    ]
