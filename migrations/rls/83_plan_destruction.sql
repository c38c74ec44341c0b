-- The plan, destroyed whole by law as entries are one by one (66_destruction.sql): the inwoner asks, a professional answers, and what goes, goes in that
-- transaction: every text and version of it, what was said of it and beside it, looking back, drang and dwang, and the words of how the help ended.
-- Refusals, in the words of portal/destruction/commands.py: MB001 not there (or not yours), MB082 a ground that isn't one, or a reason that is missing.

-- Asks it. Gives false when this question was sent before, or one waits already.
CREATE FUNCTION casus.ask_plan_destruction(of_dossier int, number uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT of_dossier = ANY (acl.own_dossiers()) OR NOT EXISTS (SELECT FROM casus.plan_part p WHERE p.dossier_id = of_dossier) THEN
        RAISE EXCEPTION 'no plan of yours' USING ERRCODE = 'MB001';
    END IF;
    INSERT INTO casus.plan_destruction (public_id, dossier_id, asked_by) VALUES (number, of_dossier, acl.person_id()) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM casus.log_destruction('destruction.asked', of_dossier, NULL);
    RETURN true;
END $$;

CREATE FUNCTION casus.take_back_plan_destruction(of_question uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_dossier int;
BEGIN
    UPDATE casus.plan_destruction q SET outcome = 0, decided_at = now(), decided_by = acl.person_id()
    WHERE q.public_id = of_question AND q.dossier_id = ANY (acl.own_dossiers()) AND q.outcome IS NULL RETURNING q.dossier_id INTO of_dossier;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing to take back' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.log_destruction('destruction.taken_back', of_dossier, NULL);
END $$;

CREATE FUNCTION casus.own_plan_destructions(of_dossier int)
RETURNS TABLE (public_id uuid, asked_at timestamptz, outcome smallint, reason text, decided_at timestamptz, decided_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT q.public_id, q.asked_at, q.outcome, q.reason, q.decided_at, acl.full_name(q.decided_by) FROM casus.plan_destruction q
    WHERE q.dossier_id = of_dossier AND q.dossier_id = ANY (acl.own_dossiers()) ORDER BY q.id DESC;
END $$;

-- What waits for an answer of the actor, in the dossiers one works in.
CREATE FUNCTION casus.plan_destructions_to_answer() RETURNS TABLE (public_id uuid, dossier uuid, inwoner text, asked_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT q.public_id, d.public_id, acl.full_name(d.inwoner_id), q.asked_at FROM casus.plan_destruction q JOIN casus.dossier d ON d.id = q.dossier_id
    WHERE q.outcome IS NULL AND q.dossier_id = ANY (acl.treated_dossiers()) ORDER BY q.asked_at, q.id;
END $$;

-- ground NULL: it goes; else why it stays, in plain words too. Who was invited into the plan is so no longer, and of a household plan nobody sees it any more;
-- the copies of the others, to which they agreed, stay theirs.
CREATE FUNCTION casus.answer_plan_destruction(of_question uuid, ground int, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE q casus.plan_destruction%ROWTYPE;
BEGIN
    SELECT * INTO q FROM casus.plan_destruction x WHERE x.public_id = of_question AND x.outcome IS NULL AND x.dossier_id = ANY (acl.treated_dossiers()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such question' USING ERRCODE = 'MB001'; END IF;
    IF ground IS NOT NULL AND (ground NOT IN (2, 3) OR coalesce(btrim(why), '') = '') THEN RAISE EXCEPTION 'no ground' USING ERRCODE = 'MB082'; END IF;
    UPDATE casus.plan_destruction x SET outcome = coalesce(ground, 1), reason = CASE WHEN ground IS NOT NULL THEN why END, decided_at = now(),
        decided_by = acl.person_id() WHERE x.id = q.id;
    IF ground IS NULL THEN
        PERFORM acl.hold_joint_plan(q.dossier_id);
        UPDATE casus.joint_plan_member m SET left_at = now() WHERE m.dossier_id = q.dossier_id AND m.left_at IS NULL;
        IF FOUND THEN PERFORM casus.log_dossier('household.left', q.dossier_id, NULL); END IF;
        DELETE FROM casus.joint_plan_code c WHERE c.dossier_id = q.dossier_id;
        UPDATE casus.access_grant g SET withdrawn_at = now() WHERE g.dossier_id = q.dossier_id AND g.scope = 5 AND g.withdrawn_at IS NULL;
        DELETE FROM portaal.plan_reminder r WHERE r.dossier_id = q.dossier_id;
        PERFORM casus.erase_plan(q.dossier_id);
        DELETE FROM portaal.typed_text t
        WHERE position((SELECT d.public_id FROM casus.dossier d WHERE d.id = q.dossier_id) || '/plan' IN t.form_key) > 0;
        DELETE FROM portaal.taking t WHERE t.dossier_id = q.dossier_id;
        PERFORM casus.log_destruction('plan.destroyed', q.dossier_id, NULL);
    END IF;
    PERFORM casus.log_destruction('destruction.answered', q.dossier_id, NULL);
    PERFORM casus.tell_owner(q.dossier_id, 'antwoord');
END $$;

-- Whether the plan of this dossier goes in this very transaction.
CREATE FUNCTION casus.plan_goes(of_dossier int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM casus.plan_destruction q WHERE q.dossier_id = of_dossier AND q.outcome = 1 AND q.decided_at = now());
END $$;

-- It works as casus_vernietiger (portal/migrate.py), which may remove a plan only where and when that was decided.
CREATE FUNCTION casus.erase_plan(of_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE casus.ending x SET reason = '-', onward = '-', warned = '-', evaluation_id = NULL, not_evaluated = '-', near_words = '', words = '-'
    WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.evaluation_goal x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.evaluation_look x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.evaluation_person x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.evaluation x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_remark x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_copy_given x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_decision x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_proposal_text x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_proposal x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_step x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_text x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_part x WHERE x.dossier_id = of_dossier;
    DELETE FROM casus.plan_pressure x WHERE x.dossier_id = of_dossier;
END $$;

GRANT EXECUTE ON FUNCTION casus.ask_plan_destruction(int, uuid), casus.take_back_plan_destruction(uuid), casus.own_plan_destructions(int) TO web_inwoner;
GRANT EXECUTE ON FUNCTION casus.plan_destructions_to_answer(), casus.answer_plan_destruction(uuid, int, text) TO web_team;
GRANT SELECT, INSERT (public_id, dossier_id, asked_by), UPDATE (outcome, reason, decided_at, decided_by) ON casus.plan_destruction TO casus_acl;
CREATE POLICY definer ON casus.plan_destruction TO casus_acl USING (true) WITH CHECK (true);
GRANT EXECUTE ON FUNCTION casus.plan_goes(int) TO casus_vernietiger;
GRANT EXECUTE ON FUNCTION casus.erase_plan(int) TO casus_acl;
GRANT SELECT (dossier_id), UPDATE (reason, onward, warned, evaluation_id, not_evaluated, near_words, words) ON casus.ending TO casus_vernietiger;
CREATE POLICY finds ON casus.ending FOR SELECT TO casus_vernietiger USING (casus.plan_goes(dossier_id));
CREATE POLICY erases ON casus.ending FOR UPDATE TO casus_vernietiger USING (true) WITH CHECK (reason = '-' AND words = '-');
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['evaluation_goal', 'evaluation_look', 'evaluation_person', 'evaluation', 'plan_remark', 'plan_copy_given', 'plan_decision',
        'plan_proposal_text', 'plan_proposal', 'plan_step', 'plan_text', 'plan_part', 'plan_pressure']
    LOOP
        EXECUTE format('GRANT SELECT (dossier_id), DELETE ON casus.%I TO casus_vernietiger', t);
        EXECUTE format('CREATE POLICY finds ON casus.%I FOR SELECT TO casus_vernietiger USING (casus.plan_goes(dossier_id))', t);
        EXECUTE format('CREATE POLICY removes ON casus.%I FOR DELETE TO casus_vernietiger USING (true)', t);
    END LOOP;
END $$;
