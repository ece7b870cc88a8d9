"""Nothing of the committee is in force without its decision, with a quorum, or changed after."""

from django.db import migrations, models

# Whether the committee decided the step as it stands: adopted in its group, about this step, with
# its words. The quorum counts consumers with a vote that day who gave a position or, on paper, came
# or were stood in for. Who manages, has a part in the recommendation or declared an interest counts
# for nothing.
STEP_HOLDS = """
CREATE FUNCTION oversight_step_holds(agency bigint, step bigint, asked text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.oversight_committeestep t
        JOIN public.groups_decision d ON d.agency_id = t.agency_id AND d.id = t.decision_id
        JOIN public.groups_group g ON g.agency_id = d.agency_id AND g.id = d.group_id
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE s.uses) AS consumers,
                count(*) FILTER (WHERE s.uses AND s.there) AS came,
                count(*) FILTER (WHERE s.choice IN ('agree', 'reservations')) AS agreed,
                count(*) FILTER (WHERE s.choice = 'object') AS objected
            FROM (
                SELECT h.standing = 'primary_consumer' AND NOT h.employed_peer AS uses, p.choice,
                    p.id IS NOT NULL OR (d.way = 'paper' AND EXISTS (
                        SELECT FROM public.groups_paperrecord r
                        JOIN public.groups_attendance a
                            ON a.agency_id = r.agency_id AND a.meeting_id = r.meeting_id
                        WHERE r.agency_id = d.agency_id AND r.decision_id = d.id
                            AND a.voided_on IS NULL
                            AND (a.member_id = h.member_id OR a.member_id IN (
                                SELECT i.member_id FROM public.groups_seat i
                                JOIN public.groups_alternate e
                                    ON e.agency_id = i.agency_id AND e.id = i.stands_in_id
                                WHERE i.agency_id = h.agency_id AND i.group_id = h.group_id
                                    AND e.holder_id = h.member_id AND i.since <= d.decided_on
                                    AND (i.until IS NULL OR i.until > d.decided_on)
                            ))
                    )) AS there
                FROM public.groups_seat h
                LEFT JOIN public.groups_position p
                    ON p.agency_id = d.agency_id AND p.decision_id = d.id
                    AND p.member_id = h.member_id AND p.round = d.round AND p.replaced_at IS NULL
                WHERE h.agency_id = d.agency_id AND h.group_id = d.group_id AND h.voting
                    AND h.since <= d.decided_on AND (h.until IS NULL OR h.until > d.decided_on)
                    AND NOT EXISTS (
                        SELECT FROM public.groups_declaredinterest n
                        WHERE n.agency_id = d.agency_id AND n.decision_id = d.id
                            AND n.member_id = h.member_id
                    )
                    AND NOT EXISTS (
                        SELECT FROM public.oversight_recommendation n
                        WHERE n.agency_id = t.agency_id AND n.id = t.recommendation_id
                            AND n.owner_id = h.member_id
                    )
                    AND NOT EXISTS (
                        SELECT FROM public.oversight_managementresponse n
                        WHERE n.agency_id = t.agency_id
                            AND n.recommendation_id = t.recommendation_id
                            AND n.given_by_id = h.member_id
                    )
                    AND NOT EXISTS (
                        SELECT FROM public.oversight_conflictdisclosure n
                        WHERE n.agency_id = t.agency_id
                            AND n.recommendation_id = t.recommendation_id
                            AND n.member_id = h.member_id
                    )
                    AND NOT EXISTS (
                        SELECT FROM public.accounts_standing n
                        WHERE n.agency_id = h.agency_id AND n.member_id = h.member_id
                            AND n.kind = 'manager' AND n.since <= d.decided_on
                            AND (n.until IS NULL OR n.until > d.decided_on)
                    )
                    AND NOT EXISTS (
                        SELECT FROM public.accounts_rolegrant n
                        WHERE n.agency_id = h.agency_id AND n.member_id = h.member_id
                            AND n.role = 'management' AND n.since <= d.decided_on
                            AND (n.until IS NULL OR n.until > d.decided_on)
                    )
            ) s
        ) c
        WHERE t.agency_id = agency AND t.id = step AND t.kind = asked AND g.kind = 'committee'
            AND d.status = 'adopted' AND NOT d.without_quorum AND NOT d.caucus
            AND d.subject_type = 'committee_step' AND d.subject_id = t.id
            AND d.text = t.proposal AND strpos(d.title, t.title) > 0
            AND c.came >= greatest(1, least(2, c.consumers))
            AND (d.way = 'paper' OR (c.agreed > 0 AND c.objected = 0))
    )
$$;
"""

STEP_IS_KEPT = """
CREATE FUNCTION oversight_step_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was prepared for the committee is kept'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'a step begins before the committee' USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.kind, OLD.finding_id, OLD.response_id, OLD.review_id, OLD.satisfactory, OLD.title,
        OLD.text, OLD.proposal, OLD.owner_id, OLD.due, OLD.held_on, OLD.prepared_by_id,
        OLD.prepared_on, OLD.decide_by)
        IS DISTINCT FROM (NEW.kind, NEW.finding_id, NEW.response_id, NEW.review_id,
        NEW.satisfactory, NEW.title, NEW.text, NEW.proposal, NEW.owner_id, NEW.due, NEW.held_on,
        NEW.prepared_by_id, NEW.prepared_on,
        NEW.decide_by)
        OR (OLD.decision_id IS NOT NULL AND NEW.decision_id IS DISTINCT FROM OLD.decision_id)
        OR (OLD.recommendation_id IS NOT NULL
            AND NEW.recommendation_id IS DISTINCT FROM OLD.recommendation_id)
        OR (OLD.state <> 'open' AND (NEW.state, NEW.recommendation_id)
            IS DISTINCT FROM (OLD.state, OLD.recommendation_id))
    THEN
        RAISE EXCEPTION 'what the committee decides about stays as it is'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'decided' AND OLD.state = 'open'
        AND NOT public.oversight_step_holds(NEW.agency_id, NEW.id, NEW.kind)
    THEN
        RAISE EXCEPTION 'only the committee decides, with a quorum'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER step_is_kept BEFORE UPDATE OR DELETE ON oversight_committeestep FOR EACH ROW
    WHEN (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION oversight_step_is_kept();
CREATE TRIGGER step_begins_open BEFORE INSERT ON oversight_committeestep FOR EACH ROW
    WHEN (NEW.state <> 'open') EXECUTE FUNCTION oversight_step_is_kept();
"""

RECOMMENDATION_IS_VOTED = """
CREATE FUNCTION oversight_recommendation_is_voted() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.status <> 'awaiting' OR NOT NEW.voted OR NOT EXISTS (
        SELECT FROM public.oversight_committeestep t
        WHERE t.agency_id = NEW.agency_id AND t.kind = 'recommend' AND t.state = 'open'
            AND (t.finding_id, t.title, t.text, t.owner_id, t.due, t.prepared_by_id)
                = (NEW.finding_id, NEW.title, NEW.text, NEW.owner_id, NEW.due, NEW.made_by_id)
            AND public.oversight_step_holds(t.agency_id, t.id, 'recommend')
    ) THEN
        RAISE EXCEPTION 'only the committee recommends, with a quorum'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER recommendation_is_voted BEFORE INSERT ON oversight_recommendation
    FOR EACH ROW EXECUTE FUNCTION oversight_recommendation_is_voted();
"""

# Management answers and reports by rows of its own; the committee's moves follow from its judgement
# of the newest of them, or from a step that verifies.
RECOMMENDATION_MOVES = """
DROP TRIGGER closing_is_free ON oversight_recommendation;
DROP FUNCTION oversight_closing_is_free();
CREATE FUNCTION oversight_recommendation_moves() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last record;
BEGIN
    IF (NEW.finding_id, NEW.year, NEW.serial, NEW.title, NEW.text, NEW.owner_id, NEW.due,
        NEW.voted, NEW.made_by_id)
        IS DISTINCT FROM (OLD.finding_id, OLD.year, OLD.serial, OLD.title, OLD.text, OLD.owner_id,
        OLD.due, OLD.voted, OLD.made_by_id)
        OR (OLD.status = 'closed' AND (NEW.status, NEW.closed_on, NEW.closed_by_id, NEW.evidence)
            IS DISTINCT FROM (OLD.status, OLD.closed_on, OLD.closed_by_id, OLD.evidence))
    THEN
        RAISE EXCEPTION 'what the committee recommended stays as it is'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    SELECT a.answer, j.satisfactory INTO last FROM public.oversight_managementresponse a
        LEFT JOIN public.oversight_judgement j
            ON j.agency_id = a.agency_id AND j.response_id = a.id
        WHERE a.agency_id = NEW.agency_id AND a.recommendation_id = NEW.id
        ORDER BY a.id DESC LIMIT 1;
    IF (OLD.status, NEW.status) = ('awaiting', 'answered')
        AND last.answer <> 'done' AND last.satisfactory IS NULL THEN
        RETURN NEW;
    ELSIF (OLD.status, NEW.status) = ('accepted', 'reported')
        AND last.answer = 'done' AND last.satisfactory IS NULL THEN
        RETURN NEW;
    ELSIF OLD.status = 'answered' AND NEW.status IN ('accepted', 'awaiting')
        AND last.answer <> 'done' AND last.satisfactory = (NEW.status = 'accepted') THEN
        RETURN NEW;
    ELSIF (OLD.status, NEW.status) = ('reported', 'accepted')
        AND last.answer = 'done' AND NOT last.satisfactory THEN
        RETURN NEW;
    ELSIF OLD.status IN ('accepted', 'reported') AND NEW.status = 'closed' AND EXISTS (
        SELECT FROM public.oversight_committeestep t
        WHERE t.agency_id = NEW.agency_id AND t.recommendation_id = NEW.id AND t.kind = 'verify'
            AND t.satisfactory AND t.text = NEW.evidence
            AND public.oversight_step_holds(t.agency_id, t.id, 'verify')
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a recommendation moves by an answer, or by a decision of the committee'
        USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER recommendation_moves BEFORE UPDATE ON oversight_recommendation FOR EACH ROW
    WHEN (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION oversight_recommendation_moves();
"""

JUDGEMENT_IS_VOTED = """
DROP TRIGGER judgement_is_free ON oversight_judgement;
DROP FUNCTION oversight_judgement_is_free();
DROP FUNCTION oversight_holds_apart(bigint, bigint, bigint, date);
CREATE FUNCTION oversight_judgement_is_voted() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM public.oversight_committeestep t
        WHERE t.agency_id = NEW.agency_id AND t.response_id = NEW.response_id
            AND t.satisfactory = NEW.satisfactory AND t.text = NEW.reason
            AND t.kind IN ('judge', 'verify')
            AND public.oversight_step_holds(t.agency_id, t.id, t.kind)
    ) THEN
        RAISE EXCEPTION 'only the committee judges, with a quorum'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.response_id, NEW.satisfactory, NEW.reason, NEW.by_id, NEW."on", NEW.answer_due)
            IS DISTINCT FROM (OLD.response_id, OLD.satisfactory, OLD.reason, OLD.by_id, OLD."on",
            OLD.answer_due)
        THEN
            RAISE EXCEPTION 'what the committee judged stays as it is'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER judgement_is_voted BEFORE INSERT OR UPDATE ON oversight_judgement FOR EACH ROW
    WHEN (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION oversight_judgement_is_voted();
"""

REVIEW_IS_CLOSED = """
CREATE FUNCTION oversight_review_is_closed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.oversight_committeestep t
        WHERE t.agency_id = NEW.agency_id AND t.review_id = NEW.id AND t.kind = 'review'
            AND t.text = NEW.summary AND t.held_on = NEW.held_on
            AND public.oversight_step_holds(t.agency_id, t.id, 'review')
    ) THEN
        RAISE EXCEPTION 'only the committee closes its review, with a quorum'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER review_is_closed BEFORE UPDATE OF status ON oversight_review FOR EACH ROW
    WHEN (
        OLD.status = 'open' AND NEW.status = 'closed'
        AND current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
    )
    EXECUTE FUNCTION oversight_review_is_closed();
CREATE TRIGGER review_begins_open BEFORE INSERT ON oversight_review FOR EACH ROW
    WHEN (NEW.status <> 'open') EXECUTE FUNCTION oversight_review_is_closed();
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0005_clocks_of_earlier_recommendations")]

    operations = [
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage_due', None), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('stage_due__isnull', False)), _connector='OR'), name='recommendation_stage_has_clock'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('escalated_on', None), ('escalated_on__gt', models.F('stage_due')), _connector='OR'), name='recommendation_escalated_when_late'),
        ),
        migrations.RunSQL(STEP_HOLDS, migrations.RunSQL.noop),
        migrations.RunSQL(STEP_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(RECOMMENDATION_IS_VOTED, migrations.RunSQL.noop),
        migrations.RunSQL(RECOMMENDATION_MOVES, migrations.RunSQL.noop),
        migrations.RunSQL(JUDGEMENT_IS_VOTED, migrations.RunSQL.noop),
        migrations.RunSQL(REVIEW_IS_CLOSED, migrations.RunSQL.noop),
    ]
