"""Rules that hold whatever writes: two readers, consent, and words that nobody rewrites."""

from django.db import migrations

TWO_READERS = """
-- As the owner: at the commit, the serving login may have left the agency.
CREATE FUNCTION concerns_two_readers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (
        SELECT count(*) FROM public.concerns_concernseal s
        JOIN public.concerns_keyholder h ON h.agency_id = s.agency_id AND h.id = s.holder_id
        WHERE s.agency_id = NEW.agency_id AND s.concern_id = NEW.id AND h.kind = 'reader'
            AND s.envelope IS NOT NULL
    ) < 2 THEN
        RAISE EXCEPTION 'a concern is sealed to two readers at least'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION concerns_two_readers() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER two_readers AFTER INSERT ON concerns_concern
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concerns_two_readers();
"""

SEALED_TO_READERS = """
CREATE FUNCTION concerns_seal_to_reader() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.envelope IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.concerns_keyholder h
        WHERE h.agency_id = NEW.agency_id AND h.id = NEW.holder_id
            AND h.ended_on IS NULL AND h.public_key <> ''
    ) THEN
        RAISE EXCEPTION 'a concern is sealed only to who reads now'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER sealed_to_reader BEFORE INSERT OR UPDATE OF envelope ON concerns_concernseal
    FOR EACH ROW EXECUTE FUNCTION concerns_seal_to_reader();
"""

WITH_CONSENT = """
CREATE FUNCTION concerns_taken_on_with_consent() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.concerns_concern c
        WHERE c.agency_id = NEW.agency_id AND c.id = NEW.concern_id AND c.may_go_on
    ) THEN
        RAISE EXCEPTION 'a concern is taken further only if its writer agreed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER with_consent BEFORE INSERT ON concerns_takenon
    FOR EACH ROW EXECUTE FUNCTION concerns_taken_on_with_consent();
CREATE FUNCTION concerns_clock_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.concern_id, NEW."to", NEW.chair_id, NEW.by_id, NEW."on", NEW.answer_by)
        IS DISTINCT FROM
        (OLD.concern_id, OLD."to", OLD.chair_id, OLD.by_id, OLD."on", OLD.answer_by)
        OR OLD.answered_on IS NOT NULL
    THEN
        RAISE EXCEPTION 'to whom a concern was taken, and by when it is answered, does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER clock_is_kept BEFORE UPDATE ON concerns_takenon
    FOR EACH ROW EXECUTE FUNCTION concerns_clock_is_kept();
"""

WORDS_STAY = """
CREATE FUNCTION concerns_words_stay() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'what was said in a concern is not rewritten'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
-- Rewriting a row as it is hides when it came (foundation/anonymity.py).
CREATE TRIGGER words_stay BEFORE UPDATE ON concerns_concernmessage
    FOR EACH ROW EXECUTE FUNCTION concerns_words_stay();
"""

RIGHTS = """
REVOKE DELETE, TRUNCATE ON concerns_concern, concerns_concernseal, concerns_concernmessage,
    concerns_takenon, concerns_keyholder FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("concerns", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(TWO_READERS, migrations.RunSQL.noop),
        migrations.RunSQL(SEALED_TO_READERS, migrations.RunSQL.noop),
        migrations.RunSQL(WITH_CONSENT, migrations.RunSQL.noop),
        migrations.RunSQL(WORDS_STAY, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
