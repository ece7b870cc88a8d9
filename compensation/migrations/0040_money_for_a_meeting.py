"""Money for a meeting: each step written once, each handout compared with its payment."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.manager
import django.utils.timezone
import foundation.models
from django.db import migrations, models
from foundation import walls

# Each step is written once. Erasing may reach the words.
GOES_ON = """
CREATE FUNCTION public.day_fund_goes_on() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    out_of_hand numeric;
    cards numeric;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.withdrawn_on IS NOT NULL OR NEW.taken_on IS NOT NULL OR NEW.counted_on IS NOT NULL
        THEN
            RAISE EXCEPTION 'money for a meeting is approved first' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.agency_id, NEW.meeting_id, NEW.people_most, NEW.each_most, NEW.total,
            NEW.reason, NEW.approved_by_id, NEW.approved_on)
        IS DISTINCT FROM (OLD.id, OLD.agency_id, OLD.meeting_id, OLD.people_most, OLD.each_most,
            OLD.total, OLD.reason, OLD.approved_by_id, OLD.approved_on)
        OR OLD.withdrawn_on IS NOT NULL
        OR (OLD.taken_on IS NOT NULL AND (NEW.method, NEW.taken, NEW.taken_by_id, NEW.taken_on)
            IS DISTINCT FROM (OLD.method, OLD.taken, OLD.taken_by_id, OLD.taken_on))
        OR (OLD.counted_on IS NOT NULL AND (NEW.handed, NEW.brought_back, NEW.difference_reason,
                NEW.counted_by_id, NEW.counted_on)
            IS DISTINCT FROM (OLD.handed, OLD.brought_back, OLD.difference_reason,
                OLD.counted_by_id, OLD.counted_on))
        OR OLD.confirmed_on IS NOT NULL
        OR (OLD.counted_on IS NULL AND NEW.confirmed_on IS NOT NULL)
        OR (OLD.taken_on IS NULL AND NEW.counted_on IS NOT NULL)
    THEN
        RAISE EXCEPTION 'what happened with money % stays as it is', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.taken_on IS NULL AND NEW.taken_on IS NOT NULL THEN
        SELECT sum(value) INTO cards FROM public.compensation_fundcard WHERE fund_id = NEW.id;
        IF cards IS DISTINCT FROM (CASE NEW.method WHEN 'gift_card' THEN NEW.taken END) THEN
            RAISE EXCEPTION 'the cards of money % do not come to what was taken out', NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF OLD.counted_on IS NULL AND NEW.counted_on IS NOT NULL THEN
        SELECT coalesce(sum(p.amount), 0) INTO out_of_hand FROM public.compensation_handout h
            JOIN public.compensation_payment p ON p.id = h.payment_id
            WHERE h.fund_id = NEW.id AND p.reversed_on IS NULL;
        SELECT coalesce(sum(value), 0) INTO cards FROM public.compensation_fundcard
            WHERE fund_id = NEW.id AND back_on IS NOT NULL;
        IF NEW.handed <> out_of_hand OR (NEW.method = 'gift_card' AND NEW.brought_back <> cards) THEN
            RAISE EXCEPTION 'money % was counted otherwise than it was handed out', NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER day_fund_goes_on BEFORE INSERT ON compensation_dayfund
    FOR EACH ROW EXECUTE FUNCTION public.day_fund_goes_on();
CREATE TRIGGER day_fund_goes_on_from BEFORE UPDATE ON compensation_dayfund
    FOR EACH ROW WHEN (
        (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
        OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.day_fund_goes_on();
REVOKE DELETE, TRUNCATE ON compensation_dayfund FROM cqi_app;
"""

# The payment and its lines are written before: all that it has to be is there to compare.
HANDED = """
CREATE FUNCTION public.handout_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    fund public.compensation_dayfund;
    made public.compensation_payment;
    meets date;
    handed numeric;
    people bigint;
BEGIN
    SELECT * INTO fund FROM public.compensation_dayfund
        WHERE id = NEW.fund_id AND agency_id = NEW.agency_id FOR NO KEY UPDATE;
    SELECT * INTO made FROM public.compensation_payment
        WHERE id = NEW.payment_id AND agency_id = NEW.agency_id FOR NO KEY UPDATE;
    SELECT "on" INTO meets FROM public.groups_meeting WHERE id = fund.meeting_id;
    IF fund.taken_on IS NULL OR fund.counted_on IS NOT NULL THEN
        RAISE EXCEPTION 'money % is not in anybody''s hand', NEW.fund_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF made.id IS NULL OR made.reversed_on IS NOT NULL OR made.amount <= 0
        OR made.donated_to_id IS NOT NULL
        OR (made.member_id, made.paid_by_id, made.method, made.paid_on)
            IS DISTINCT FROM (NEW.member_id, fund.taken_by_id, fund.method, meets)
    THEN
        RAISE EXCEPTION 'payment % is not made from money %', NEW.payment_id, NEW.fund_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM public.compensation_claim c
        LEFT JOIN public.groups_attendance a ON a.id = c.attendance_id
        WHERE c.payment_id = made.id AND c.amount > 0
            AND (a.meeting_id, c.approved_by_id)
                IS DISTINCT FROM (fund.meeting_id, fund.approved_by_id)
    ) OR (
        SELECT sum(c.amount) FROM public.compensation_claim c
        WHERE c.payment_id = made.id AND c.amount > 0
    ) IS DISTINCT FROM made.amount + made.set_off OR made.amount + made.set_off > fund.each_most
    THEN
        RAISE EXCEPTION 'the lines of payment % are not approved under money %', NEW.payment_id,
            NEW.fund_id USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.proof = 'drawn') IS DISTINCT FROM (NEW.drawing <> '')
        OR (NEW.proof = 'initials') IS DISTINCT FROM (NEW.initials <> '')
    THEN
        RAISE EXCEPTION 'handout % says in one way that it was got', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(p.amount), 0), count(DISTINCT h.member_id) FILTER (
            WHERE h.member_id <> NEW.member_id) INTO handed, people
        FROM public.compensation_handout h
        JOIN public.compensation_payment p ON p.id = h.payment_id
        WHERE h.fund_id = fund.id AND p.reversed_on IS NULL;
    IF handed + made.amount > fund.taken OR people + 1 > fund.people_most THEN
        RAISE EXCEPTION 'more is handed out of money % than there is', NEW.fund_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER handout_is_true BEFORE INSERT ON compensation_handout
    FOR EACH ROW EXECUTE FUNCTION public.handout_is_true();
"""

# A card goes into one hand; another one only after that payment was undone.
CARDS = """
CREATE FUNCTION public.fund_card_goes_on() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    fund public.compensation_dayfund;
BEGIN
    SELECT * INTO fund FROM public.compensation_dayfund
        WHERE id = NEW.fund_id AND agency_id = NEW.agency_id FOR NO KEY UPDATE;
    IF TG_OP = 'INSERT' THEN
        IF fund.id IS NULL OR fund.taken_on IS NOT NULL OR fund.withdrawn_on IS NOT NULL
            OR NEW.handout_id IS NOT NULL OR NEW.back_on IS NOT NULL
        THEN
            RAISE EXCEPTION 'cards are written down when they are taken out'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF fund.counted_on IS NOT NULL
        OR (NEW.id, NEW.agency_id, NEW.fund_id, NEW.serial, NEW.value)
            IS DISTINCT FROM (OLD.id, OLD.agency_id, OLD.fund_id, OLD.serial, OLD.value)
        OR (NEW.handout_id IS DISTINCT FROM OLD.handout_id AND (NEW.handout_id IS NULL OR EXISTS (
            SELECT FROM public.compensation_handout h
            JOIN public.compensation_payment p ON p.id = h.payment_id
            WHERE h.id = OLD.handout_id AND p.reversed_on IS NULL
        ) OR NOT EXISTS (
            SELECT FROM public.compensation_handout h
            WHERE h.id = NEW.handout_id AND h.fund_id = NEW.fund_id
        )))
        OR (NEW.back_on IS NOT NULL AND EXISTS (
            SELECT FROM public.compensation_handout h
            JOIN public.compensation_payment p ON p.id = h.payment_id
            WHERE h.id = NEW.handout_id AND p.reversed_on IS NULL
        ))
        OR OLD.back_on IS NOT NULL
    THEN
        RAISE EXCEPTION 'card % stays where it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER fund_card_goes_on BEFORE INSERT OR UPDATE ON compensation_fundcard
    FOR EACH ROW EXECUTE FUNCTION public.fund_card_goes_on();
REVOKE DELETE, TRUNCATE ON compensation_fundcard FROM cqi_app;

CREATE FUNCTION public.cards_are_worth_it() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    given bigint := CASE TG_TABLE_NAME
        WHEN 'compensation_handout' THEN (to_jsonb(NEW)->>'id')::bigint
        ELSE (to_jsonb(NEW)->>'handout_id')::bigint END;
    owed numeric;
BEGIN
    SELECT p.amount INTO owed FROM public.compensation_handout h
        JOIN public.compensation_dayfund f ON f.id = h.fund_id AND f.method = 'gift_card'
        JOIN public.compensation_payment p ON p.id = h.payment_id AND p.reversed_on IS NULL
        WHERE h.id = given;
    IF owed <> (
        SELECT coalesce(sum(value), 0) FROM public.compensation_fundcard WHERE handout_id = given
    ) THEN
        RAISE EXCEPTION 'the cards of handout % are not worth what was paid', given
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER cards_are_worth_it AFTER INSERT ON compensation_handout
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.cards_are_worth_it();
CREATE CONSTRAINT TRIGGER cards_are_worth_it AFTER UPDATE ON compensation_fundcard
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.handout_id IS NOT NULL)
    EXECUTE FUNCTION public.cards_are_worth_it();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0030_costs_of_kinds'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayFund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people_most', models.PositiveSmallIntegerField()),
                ('each_most', models.DecimalField(decimal_places=2, max_digits=9)),
                ('total', models.DecimalField(decimal_places=2, max_digits=9)),
                ('reason', models.CharField(max_length=200)),
                ('approved_on', models.DateField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('method', models.CharField(blank=True, choices=[('check', 'Check'), ('transfer', 'Bank transfer'), ('cash', 'Cash'), ('gift_card', 'Gift card')], max_length=10)),
                ('taken', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('taken_on', models.DateField(blank=True, null=True)),
                ('handed', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('brought_back', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('difference_reason', models.CharField(blank=True, max_length=300)),
                ('counted_on', models.DateField(blank=True, null=True)),
                ('confirmed_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('approved_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('confirmed_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('counted_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('meeting', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.meeting')),
                ('taken_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('withdrawn_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Handout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proof', models.CharField(choices=[('drawn', 'Signed on the screen'), ('initials', 'Confirmed with their initials'), ('paper', 'Signed the paper sheet')], max_length=10)),
                ('drawing', models.CharField(blank=True, max_length=8000)),
                ('initials', models.CharField(blank=True, max_length=10)),
                ('sheet_line', models.PositiveSmallIntegerField()),
                ('handed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('fund', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='handouts', to='compensation.dayfund')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('payment', foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='handout', to='compensation.payment')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='FundCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(max_length=40)),
                ('value', models.DecimalField(decimal_places=2, max_digits=7)),
                ('back_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('fund', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='compensation.dayfund')),
                ('handout', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='compensation.handout')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='dayfund',
            index=models.Index(fields=['agency', '-id'], name='day_fund_newest'),
        ),
        migrations.AddConstraint(
            model_name='dayfund',
            constraint=models.CheckConstraint(condition=models.Q(('each_most__gt', 0), ('people_most__gte', 1), ('total__gt', 0), ('total__lte', django.db.models.expressions.CombinedExpression(models.F('people_most'), '*', models.F('each_most'))), models.Q(('reason', ''), _negated=True)), name='day_fund_says_how_much'),
        ),
        migrations.AddConstraint(
            model_name='dayfund',
            constraint=models.UniqueConstraint(condition=models.Q(('counted_on', None), ('withdrawn_on', None)), fields=('agency', 'meeting'), name='day_fund_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='dayfund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_by', None), ('withdrawn_on', None)), models.Q(('taken_on', None), ('withdrawn_by__isnull', False), ('withdrawn_on__isnull', False)), _connector='OR'), name='day_fund_withdrawn_before_taken'),
        ),
        migrations.AddConstraint(
            model_name='dayfund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', ''), ('taken', None), ('taken_by', None), ('taken_on', None)), models.Q(('method__in', ('cash', 'gift_card')), ('taken__gt', 0), ('taken__lte', models.F('total')), ('taken__isnull', False), ('taken_by__isnull', False), ('taken_on__isnull', False), models.Q(('taken_by', models.F('approved_by')), _negated=True)), _connector='OR'), name='day_fund_taken_by_another'),
        ),
        migrations.AddConstraint(
            model_name='dayfund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('brought_back', None), ('confirmed_on', None), ('counted_by', None), ('counted_on', None), ('handed', None)), models.Q(('brought_back__gte', 0), ('handed__gte', 0), ('handed__lte', models.F('taken')), ('brought_back__isnull', False), ('handed__isnull', False), ('taken__isnull', False), ('counted_by__isnull', False), ('counted_on__isnull', False), models.Q(('counted_by', models.F('approved_by')), _negated=True)), _connector='OR'), name='day_fund_counted_back'),
        ),
        migrations.AddConstraint(
            model_name='dayfund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counted_on', None), ('difference_reason', '')), models.Q(('difference_reason', ''), ('taken', django.db.models.expressions.CombinedExpression(models.F('handed'), '+', models.F('brought_back')))), models.Q(models.Q(('taken', django.db.models.expressions.CombinedExpression(models.F('handed'), '+', models.F('brought_back'))), _negated=True), models.Q(('difference_reason', ''), _negated=True)), _connector='OR'), name='day_fund_difference_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='dayfund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', None), ('confirmed_on', None)), models.Q(('confirmed_by__isnull', False), ('confirmed_on__isnull', False), models.Q(('difference_reason', ''), _negated=True), models.Q(('confirmed_by', models.F('taken_by')), _negated=True), models.Q(('confirmed_by', models.F('counted_by')), _negated=True)), _connector='OR'), name='day_fund_confirmed_by_another'),
        ),
        migrations.AddIndex(
            model_name='handout',
            index=models.Index(fields=['agency', 'fund'], name='handout_fund'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(('proof__in', ['drawn', 'initials', 'paper'])), name='handout_proof'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(('drawing', ''), ('drawing__regex', '^(M[0-9]{1,3} [0-9]{1,3}(L[0-9]{1,3} [0-9]{1,3})*)+$'), _connector='OR'), name='handout_drawing_is_strokes'),
        ),
        migrations.AddConstraint(
            model_name='fundcard',
            constraint=models.UniqueConstraint(fields=('agency', 'serial'), name='fund_card_serial_once'),
        ),
        migrations.AddConstraint(
            model_name='fundcard',
            constraint=models.CheckConstraint(condition=models.Q(('value__gt', 0), models.Q(('serial', ''), _negated=True)), name='fund_card_is_worth_something'),
        ),
        walls.Walls(),
        walls.AppendOnly("Handout"),
        migrations.RunSQL(GOES_ON, migrations.RunSQL.noop),
        migrations.RunSQL(HANDED, migrations.RunSQL.noop),
        migrations.RunSQL(CARDS, migrations.RunSQL.noop),
    ]
