"""A posting says what its claim or payment says, and both say what the ledger says.

Whatever is written past the actions, with the rights of the serving login.
"""

from django.db import migrations, models

# Whether an approval or payment was posted before can be asked only by a query that sees what
# others have committed since: with an older snapshot, two transactions would both find nothing.
POSTING_IS_TRUE = """
CREATE FUNCTION public.ledger_posting_is_true() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    line public.compensation_claim;
    made public.compensation_payment;
    original public.compensation_posting;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'postings are written in read committed transactions only'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF NEW.kind = 'approved' THEN
        SELECT * INTO line FROM public.compensation_claim
            WHERE id = NEW.claim_id AND agency_id = NEW.agency_id FOR NO KEY UPDATE;
        IF line.id IS NULL OR line.status <> 'approved' OR NEW.payment_id IS NOT NULL
            OR (NEW.by_id, NEW."on") IS DISTINCT FROM (line.approved_by_id, line.approved_on)
        THEN
            RAISE EXCEPTION 'posting % is no approval of line %', NEW.id, NEW.claim_id
                USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (
            SELECT FROM public.compensation_posting p
            WHERE p.claim_id = line.id AND p.kind = 'approved' AND NOT EXISTS (
                SELECT FROM public.compensation_posting r WHERE r.reverses_id = p.id
            )
        ) THEN
            RAISE EXCEPTION 'line % was approved before', line.id
                USING ERRCODE = 'unique_violation';
        END IF;
    ELSIF NEW.kind = 'paid' THEN
        SELECT * INTO made FROM public.compensation_payment
            WHERE id = NEW.payment_id AND agency_id = NEW.agency_id FOR NO KEY UPDATE;
        IF made.id IS NULL OR made.reversed_on IS NOT NULL OR NEW.claim_id IS NOT NULL
            OR NEW.by_id IS DISTINCT FROM made.paid_by_id OR NEW."on" < made.paid_on
        THEN
            RAISE EXCEPTION 'posting % is not of payment %', NEW.id, NEW.payment_id
                USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        SELECT * INTO original FROM public.compensation_posting
            WHERE id = NEW.reverses_id AND agency_id = NEW.agency_id;
        IF original.id IS NULL OR original.reverses_id IS NOT NULL OR NEW."on" < original."on"
            OR (NEW.claim_id, NEW.payment_id)
                IS DISTINCT FROM (original.claim_id, original.payment_id)
        THEN
            RAISE EXCEPTION 'posting % is not reversed by posting %', NEW.reverses_id, NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_posting_is_true BEFORE INSERT ON compensation_posting
    FOR EACH ROW EXECUTE FUNCTION public.ledger_posting_is_true();
"""

# With one line for each account, this also keeps a posting that is written as it is: whatever else
# it said would be no part of its claim or payment.
ENTRY_IS_TRUE = """
CREATE FUNCTION public.ledger_entry_is_true() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    posting public.compensation_posting;
    line public.compensation_claim;
    made public.compensation_payment;
    cost text;
    so boolean := false;
BEGIN
    SELECT * INTO posting FROM public.compensation_posting
        WHERE id = NEW.posting_id AND agency_id = NEW.agency_id;
    IF posting.kind = 'approved' THEN
        SELECT * INTO line FROM public.compensation_claim WHERE id = posting.claim_id;
        cost := CASE line.kind
            WHEN 'reimbursement' THEN 'reimbursements' ELSE 'participation' END;
        so := line.member_id = NEW.member_id AND CASE
            WHEN line.amount > 0 THEN (NEW.account, NEW.debit, NEW.credit) IN (
                (cost, line.amount, 0), ('payable', 0, line.amount))
            ELSE (NEW.account, NEW.debit, NEW.credit) IN (
                (cost, 0, -line.amount), ('receivable', -line.amount, 0)) END;
    ELSIF posting.kind = 'paid' THEN
        SELECT * INTO made FROM public.compensation_payment WHERE id = posting.payment_id;
        so := made.member_id = NEW.member_id AND (NEW.account, NEW.debit, NEW.credit) IN (
            ('payable', made.amount + made.set_off, 0), ('cash', 0, made.amount),
            ('receivable', 0, made.set_off));
    ELSIF posting.kind = 'reversed' THEN
        so := EXISTS (
            SELECT FROM public.compensation_entry e
            WHERE e.posting_id = posting.reverses_id AND e.account = NEW.account
                AND e.member_id IS NOT DISTINCT FROM NEW.member_id
                AND (e.debit, e.credit) = (NEW.credit, NEW.debit)
        );
    END IF;
    IF so IS NOT TRUE THEN
        RAISE EXCEPTION 'entry % says what posting % is not about', NEW.id, NEW.posting_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_entry_is_true BEFORE INSERT ON compensation_entry
    FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_is_true();
"""

# Each of them waits for who writes about the same member: whoever comes second sees what was paid.
ONE_AFTER_THE_OTHER = """
CREATE FUNCTION public.ledger_takes_turns() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM public.accounts_member WHERE id = NEW.member_id FOR NO KEY UPDATE;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_takes_turns BEFORE INSERT ON compensation_entry
    FOR EACH ROW WHEN ((NEW.account = 'payable' AND NEW.debit > 0)
        OR (NEW.account = 'receivable' AND NEW.credit > 0))
    EXECUTE FUNCTION public.ledger_takes_turns();
CREATE TRIGGER ledger_takes_turns BEFORE INSERT ON compensation_payment
    FOR EACH ROW EXECUTE FUNCTION public.ledger_takes_turns();
"""

# Deferred: an action writes the line, its payment and the postings one after the other.
ALL_AGREE = """
CREATE FUNCTION public.ledger_agrees(line_id bigint, paid_id bigint) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    line public.compensation_claim;
    made public.compensation_payment;
    standing bigint;
    posted bigint;
    undone bigint;
BEGIN
    SELECT * INTO line FROM public.compensation_claim WHERE id = line_id;
    IF line.id IS NOT NULL THEN
        SELECT count(*) INTO standing FROM public.compensation_posting p
            WHERE p.claim_id = line.id AND p.kind = 'approved' AND NOT EXISTS (
                SELECT FROM public.compensation_posting r WHERE r.reverses_id = p.id
            );
        IF standing <> (line.status IN ('approved', 'paid'))::int THEN
            RAISE EXCEPTION 'line % is %, but % approvals of it stand in the ledger',
                line.id, line.status, standing USING ERRCODE = 'check_violation';
        END IF;
        IF line.status = 'paid' AND NOT EXISTS (
            SELECT FROM public.compensation_payment p
            WHERE p.id = line.payment_id AND p.paid_by_id = line.paid_by_id
                AND p.reversed_on IS NULL
        ) THEN
            RAISE EXCEPTION 'line % is paid by no payment that stands', line.id
                USING ERRCODE = 'check_violation';
        END IF;
        IF line.amount < 0 AND (line.status = 'paid') <> (-line.amount = (
            SELECT coalesce(sum(s.amount), 0) FROM public.compensation_setoff s
            JOIN public.compensation_payment p ON p.id = s.payment_id
            WHERE s.claim_id = line.id AND p.reversed_on IS NULL
        )) THEN
            RAISE EXCEPTION 'correction % is not what payments set off', line.id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    SELECT * INTO made FROM public.compensation_payment WHERE id = paid_id;
    IF made.id IS NOT NULL THEN
        SELECT count(*), count(r.id) INTO posted, undone FROM public.compensation_posting p
            LEFT JOIN public.compensation_posting r ON r.reverses_id = p.id
            WHERE p.payment_id = made.id AND p.kind = 'paid';
        IF posted <> 1 OR undone <> (made.reversed_on IS NOT NULL)::int THEN
            RAISE EXCEPTION 'payment % is not what the ledger says', made.id
                USING ERRCODE = 'check_violation';
        END IF;
        IF (made.reversed_on IS NULL) <> EXISTS (
            SELECT FROM public.compensation_claim WHERE payment_id = made.id AND amount > 0
        ) THEN
            RAISE EXCEPTION 'payment % stands without its lines, or they without it', made.id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION public.ledger_agrees(bigint, bigint) FROM PUBLIC;

CREATE FUNCTION public.ledger_all_agree() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'compensation_claim' THEN
        PERFORM public.ledger_agrees(NEW.id, NEW.payment_id);
        IF OLD.payment_id IS DISTINCT FROM NEW.payment_id THEN
            PERFORM public.ledger_agrees(NULL, OLD.payment_id);
        END IF;
    ELSIF TG_TABLE_NAME = 'compensation_payment' THEN
        PERFORM public.ledger_agrees(NULL, NEW.id);
    ELSIF TG_TABLE_NAME = 'compensation_setoff' THEN
        PERFORM public.ledger_agrees(NEW.claim_id, NULL);
    ELSE
        PERFORM public.ledger_agrees(NEW.claim_id, NEW.payment_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_all_agree AFTER UPDATE ON compensation_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((NEW.status, NEW.payment_id, NEW.approved_by_id, NEW.approved_on, NEW.paid_by_id)
        IS DISTINCT FROM
        (OLD.status, OLD.payment_id, OLD.approved_by_id, OLD.approved_on, OLD.paid_by_id))
    EXECUTE FUNCTION public.ledger_all_agree();
CREATE CONSTRAINT TRIGGER ledger_all_agree AFTER INSERT ON compensation_payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.ledger_all_agree();
CREATE CONSTRAINT TRIGGER ledger_all_agree_undone AFTER UPDATE ON compensation_payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.reversed_on IS DISTINCT FROM OLD.reversed_on)
    EXECUTE FUNCTION public.ledger_all_agree();
CREATE CONSTRAINT TRIGGER ledger_all_agree AFTER INSERT ON compensation_setoff
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.ledger_all_agree();
CREATE CONSTRAINT TRIGGER ledger_all_agree AFTER INSERT ON compensation_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.ledger_all_agree();
"""

# Who approved, and when, is in the ledger too: another name would make two truths.
WHO_DECIDED_STAYS = """
CREATE FUNCTION public.claim_keeps_who_decided() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'who decided about line % does not change', OLD.id
        USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER claim_keeps_who_decided BEFORE UPDATE ON compensation_claim
    FOR EACH ROW WHEN (
        ((OLD.status IN ('approved', 'paid') AND NEW.status IN ('approved', 'paid')
            AND (NEW.approved_by_id, NEW.approved_on)
                IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_on))
        OR (OLD.status = 'paid' AND NEW.status = 'paid'
            AND NEW.paid_by_id IS DISTINCT FROM OLD.paid_by_id))
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.claim_keeps_who_decided();
CREATE TRIGGER payment_keeps_why_undone BEFORE UPDATE ON compensation_payment
    FOR EACH ROW WHEN (
        OLD.reversed_on IS NOT NULL
        AND (NEW.reversal_reason, NEW.recorded_at)
            IS DISTINCT FROM (OLD.reversal_reason, OLD.recorded_at)
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.claim_keeps_who_decided();
"""

# A choice of the same day ends on that day, and the new one follows it.
ELECTION_IS_KEPT = """
CREATE FUNCTION public.election_only_ends() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.agency_id, NEW.member_id, NEW.choice, NEW.organization_id, NEW.since,
            NEW.entered_by_id, NEW.agreed_how, NEW.agreed_on)
        IS DISTINCT FROM
        (OLD.id, OLD.agency_id, OLD.member_id, OLD.choice, OLD.organization_id, OLD.since,
            OLD.entered_by_id, OLD.agreed_how, OLD.agreed_on)
        OR NEW.until IS NULL OR NEW.until > OLD.until
    THEN
        RAISE EXCEPTION 'choice % only ends', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER election_only_ends BEFORE UPDATE ON compensation_election
    FOR EACH ROW WHEN (
        (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
        OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.election_only_ends();
"""


class Migration(migrations.Migration):
    dependencies = [("compensation", "0006_how_people_are_paid_is_decided")]

    operations = [
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=["agency", "posting", "account"], name="entry_once_for_an_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                fields=["agency", "payment"],
                condition=models.Q(kind="paid"),
                name="posting_once_for_a_payment",
            ),
        ),
        migrations.RunSQL(POSTING_IS_TRUE, migrations.RunSQL.noop),
        migrations.RunSQL(ENTRY_IS_TRUE, migrations.RunSQL.noop),
        migrations.RunSQL(ONE_AFTER_THE_OTHER, migrations.RunSQL.noop),
        migrations.RunSQL(ALL_AGREE, migrations.RunSQL.noop),
        migrations.RunSQL(WHO_DECIDED_STAYS, migrations.RunSQL.noop),
        migrations.RunSQL(ELECTION_IS_KEPT, migrations.RunSQL.noop),
    ]
