"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

from foundation import walls

# Deferred triggers fire at commit, when the agency may have been left: they run as the owner.
LEDGER_BALANCES = """
CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT coalesce(sum(debit), 0) <> coalesce(sum(credit), 0) OR count(*) < 2
        FROM public.compensation_entry WHERE posting_id = NEW.posting_id) THEN
        RAISE EXCEPTION 'posting % does not balance', NEW.posting_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_balances AFTER INSERT ON compensation_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances();
"""

LEDGER_POSTING_HAS_ENTRIES = """
CREATE FUNCTION ledger_posting_has_entries() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.compensation_entry WHERE posting_id = NEW.id) THEN
        RAISE EXCEPTION 'posting % has no entries', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_posting_has_entries AFTER INSERT ON compensation_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_posting_has_entries();
"""

LEDGER_PAYS_NO_MORE_THAN_APPROVED = """
CREATE FUNCTION ledger_pays_no_more_than_approved() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT sum(credit) < sum(debit) FROM public.compensation_entry
        WHERE agency_id = NEW.agency_id AND account = 'payable' AND member_id = NEW.member_id) THEN
        RAISE EXCEPTION 'member % would be paid more than was approved', NEW.member_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_pays_no_more_than_approved AFTER INSERT ON compensation_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.account = 'payable')
    EXECUTE FUNCTION ledger_pays_no_more_than_approved();
"""

LEDGER_REVERSES_NO_REVERSAL = """
CREATE FUNCTION ledger_reverses_no_reversal() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.compensation_posting
               WHERE id = NEW.reverses_id AND reverses_id IS NOT NULL) THEN
        RAISE EXCEPTION 'a reversal is not reversed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_reverses_no_reversal BEFORE INSERT ON compensation_posting
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL)
    EXECUTE FUNCTION ledger_reverses_no_reversal();
"""

# Deferred triggers fire at commit, when the agency may have been left: they run as the owner.
CLAIM_KEEPS_ITS_WAY = """
CREATE FUNCTION public.claim_keeps_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('waiting', 'earned', 'waived', 'nothing') THEN
            RAISE EXCEPTION 'a line does not begin as %', NEW.status
                USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        IF (NEW.member_id, NEW.kind, NEW.attendance_id)
                IS DISTINCT FROM (OLD.member_id, OLD.kind, OLD.attendance_id)
            OR (NEW.entered_by_id IS DISTINCT FROM OLD.entered_by_id AND NOT (
                OLD.kind = 'adjustment' AND OLD.status IN ('earned', 'waived', 'nothing'))) THEN
            RAISE EXCEPTION 'whose line % is does not change', OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.status IN ('approved', 'paid', 'refused', 'withdrawn')
                AND (NEW.amount, NEW.hours, NEW.rate, NEW.service_on)
                    IS DISTINCT FROM (OLD.amount, OLD.hours, OLD.rate, OLD.service_on) THEN
            RAISE EXCEPTION 'line % was decided: it is corrected by another', OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.status = 'paid' AND NEW.status = 'paid'
                AND (NEW.donate_to_id, NEW.payment_id)
                    IS DISTINCT FROM (OLD.donate_to_id, OLD.payment_id) THEN
            RAISE EXCEPTION 'line % was paid', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.status <> OLD.status AND NOT (OLD.status, NEW.status) IN (
            ('waiting', 'earned'), ('waiting', 'waived'), ('waiting', 'nothing'),
            ('earned', 'approved'), ('earned', 'waived'), ('earned', 'nothing'),
            ('earned', 'returned'), ('earned', 'withdrawn'), ('earned', 'refused'),
            ('approved', 'paid'), ('approved', 'earned'), ('approved', 'waived'),
            ('paid', 'approved'),
            ('returned', 'earned'), ('returned', 'withdrawn'), ('returned', 'refused'),
            ('waived', 'earned'), ('waived', 'nothing'),
            ('nothing', 'waiting'), ('nothing', 'earned'), ('nothing', 'waived')
        ) THEN
            RAISE EXCEPTION 'a line does not go from % to %', OLD.status, NEW.status
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.kind = 'pay' AND NEW.amount > round(NEW.hours * NEW.rate, 2) THEN
        RAISE EXCEPTION 'line % is worth more than its hours', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER claim_keeps_its_way BEFORE INSERT OR UPDATE ON compensation_claim
    FOR EACH ROW EXECUTE FUNCTION claim_keeps_its_way();
"""

PAYMENT_IS_KEPT = """
CREATE FUNCTION public.payment_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.member_id, NEW.paid_on, NEW.method, NEW.reference, NEW.donated_to_id, NEW.amount,
            NEW.set_off, NEW.paid_by_id)
        IS DISTINCT FROM (OLD.member_id, OLD.paid_on, OLD.method, OLD.reference,
            OLD.donated_to_id, OLD.amount, OLD.set_off, OLD.paid_by_id) THEN
        RAISE EXCEPTION 'payment % was made: it is undone by its reversal', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.reversed_on IS NOT NULL AND NEW.reversed_on IS DISTINCT FROM OLD.reversed_on THEN
        RAISE EXCEPTION 'payment % was undone', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER payment_is_kept BEFORE UPDATE ON compensation_payment
    FOR EACH ROW EXECUTE FUNCTION payment_is_kept();
"""

PAYMENT_IS_WHOLE = """
CREATE FUNCTION public.payment_is_whole() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    paid bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    made public.compensation_payment;
BEGIN
    SELECT * INTO made FROM public.compensation_payment WHERE id = paid;
    IF made.id IS NULL OR made.reversed_on IS NOT NULL THEN
        RETURN NULL;
    END IF;
    IF made.amount + made.set_off <> (SELECT coalesce(sum(amount), 0)
            FROM public.compensation_claim WHERE payment_id = made.id AND amount > 0) THEN
        RAISE EXCEPTION 'payment % is not the sum of its lines', made.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF made.set_off <> (SELECT coalesce(sum(amount), 0)
            FROM public.compensation_setoff WHERE payment_id = made.id) THEN
        RAISE EXCEPTION 'payment % does not say what it set off', made.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM public.compensation_claim WHERE payment_id = made.id
            AND (member_id <> made.member_id
                OR donate_to_id IS DISTINCT FROM made.donated_to_id)) THEN
        RAISE EXCEPTION 'payment % goes elsewhere than its lines', made.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER payment_is_whole AFTER INSERT ON compensation_payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_is_whole('id');
CREATE CONSTRAINT TRIGGER payment_is_whole AFTER INSERT ON compensation_setoff
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_is_whole('payment_id');
CREATE CONSTRAINT TRIGGER payment_is_whole AFTER UPDATE ON compensation_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.payment_id IS NOT NULL)
    EXECUTE FUNCTION payment_is_whole('payment_id');
"""

LEDGER_SETS_OFF_NO_MORE_THAN_WAS_CORRECTED = """
CREATE FUNCTION public.ledger_sets_off_no_more_than_was_corrected() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT sum(debit) < sum(credit) FROM public.compensation_entry
        WHERE agency_id = NEW.agency_id AND account = 'receivable'
            AND member_id = NEW.member_id) THEN
        RAISE EXCEPTION 'more of member % would be set off than was corrected', NEW.member_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_sets_off_no_more_than_was_corrected
    AFTER INSERT ON compensation_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.account = 'receivable')
    EXECUTE FUNCTION ledger_sets_off_no_more_than_was_corrected();
"""

SET_OFF_IS_FAIR = """
CREATE FUNCTION public.set_off_is_fair() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    corrected public.compensation_claim;
    made public.compensation_payment;
BEGIN
    SELECT * INTO corrected FROM public.compensation_claim WHERE id = NEW.claim_id;
    SELECT * INTO made FROM public.compensation_payment WHERE id = NEW.payment_id;
    IF corrected.amount >= 0 OR corrected.approved_by_id IS NULL
        OR corrected.member_id <> made.member_id
        OR corrected.donate_to_id IS DISTINCT FROM made.donated_to_id
        OR made.paid_by_id IN (corrected.approved_by_id, corrected.member_id)
        OR -corrected.amount < (SELECT sum(s.amount) FROM public.compensation_setoff s
            JOIN public.compensation_payment p ON p.id = s.payment_id
            WHERE s.claim_id = corrected.id AND p.reversed_on IS NULL) THEN
        RAISE EXCEPTION 'line % is not set off by payment %', NEW.claim_id, NEW.payment_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER set_off_is_fair AFTER INSERT ON compensation_setoff
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION set_off_is_fair();
"""

# A day that is over keeps its answer: a row only ever gets its end.
OWED_ONLY_ENDS = """
CREATE FUNCTION public.owed_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.until IS NOT NULL OR NEW.until IS NULL
            OR (NEW.claim_id, NEW.since, NEW.clock_since, NEW.due_on)
                IS DISTINCT FROM (OLD.claim_id, OLD.since, OLD.clock_since, OLD.due_on) THEN
        RAISE EXCEPTION 'days on which line % was owed do not change', OLD.claim_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER owed_only_ends BEFORE UPDATE OR DELETE ON compensation_owed
    FOR EACH ROW EXECUTE FUNCTION public.owed_only_ends();
"""

# Erasing holds the row of the person for update, so that a line comes either before it, and is
# seen, or after it, and is refused.
CLAIM_IS_SOMEBODYS = """
CREATE FUNCTION public.claim_is_somebodys() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erased timestamptz;
BEGIN
    SELECT m.erased_at INTO erased FROM public.accounts_member m
        WHERE m.id = NEW.member_id FOR KEY SHARE;
    IF erased IS NOT NULL THEN
        RAISE EXCEPTION 'nothing is owed to a former member who was erased'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER claim_is_somebodys BEFORE INSERT ON compensation_claim
    FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION public.claim_is_somebodys();
"""

RIGHTS = """
REVOKE DELETE, TRUNCATE ON compensation_claim, compensation_payment, compensation_election,
    compensation_organization FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("compensation", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        walls.AppendOnly("Posting", "Entry", "SetOff"),
        migrations.RunSQL(LEDGER_BALANCES, migrations.RunSQL.noop),
        migrations.RunSQL(LEDGER_POSTING_HAS_ENTRIES, migrations.RunSQL.noop),
        migrations.RunSQL(LEDGER_PAYS_NO_MORE_THAN_APPROVED, migrations.RunSQL.noop),
        migrations.RunSQL(LEDGER_REVERSES_NO_REVERSAL, migrations.RunSQL.noop),
        migrations.RunSQL(CLAIM_KEEPS_ITS_WAY, migrations.RunSQL.noop),
        migrations.RunSQL(PAYMENT_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(PAYMENT_IS_WHOLE, migrations.RunSQL.noop),
        migrations.RunSQL(LEDGER_SETS_OFF_NO_MORE_THAN_WAS_CORRECTED, migrations.RunSQL.noop),
        migrations.RunSQL(SET_OFF_IS_FAIR, migrations.RunSQL.noop),
        migrations.RunSQL(OWED_ONLY_ENDS, migrations.RunSQL.noop),
        migrations.RunSQL(CLAIM_IS_SOMEBODYS, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
