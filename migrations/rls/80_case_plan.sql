-- The plan, looking back and the end of the help in a copy of a dossier (44_export.sql), and what of them comes in from a file. A copy is a whole one: also
-- what the inwoner keeps and what keeps one safe, as with entries. Of a household it holds this dossier's own plan, and nothing of what binds it to another.
GRANT SELECT (id, public_id, dossier_id, kind, goal_id, audience, place, made_at) ON casus.plan_part TO casus_uitvoer;
GRANT SELECT ON casus.plan_text, casus.plan_step, casus.plan_proposal, casus.plan_proposal_text, casus.plan_decision, casus.plan_remark, casus.plan_pressure,
    casus.plan_copy_given, casus.evaluation, casus.evaluation_person, casus.evaluation_look, casus.evaluation_goal, casus.ending TO casus_uitvoer;
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['plan_part', 'plan_text', 'plan_step', 'plan_proposal', 'plan_proposal_text', 'plan_decision', 'plan_remark', 'plan_pressure',
        'plan_copy_given', 'evaluation', 'evaluation_person', 'evaluation_look', 'evaluation_goal', 'ending']
    LOOP EXECUTE format('CREATE POLICY export ON casus.%I FOR SELECT TO casus_uitvoer USING (dossier_id = (SELECT acl.export_dossier()))', t); END LOOP;
END $$;

-- The other adults with whom the inwoner of the dossier that is copied has, or had, a household plan: in the copy they are names.
CREATE FUNCTION acl.export_household() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT d.inwoner_id FROM casus.joint_plan_member own
        JOIN casus.joint_plan_member other ON other.joint_plan_id = own.joint_plan_id AND other.dossier_id <> own.dossier_id
        JOIN casus.dossier d ON d.id = other.dossier_id
        WHERE own.dossier_id = acl.export_dossier());
END $$;
GRANT EXECUTE ON FUNCTION acl.export_household() TO casus_uitvoer;

-- The operator's import only adds, and reads nothing back.
GRANT INSERT ON casus.plan_remark, casus.plan_pressure, casus.plan_copy_given TO portaal_operator;
CREATE POLICY import ON casus.plan_remark FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY import ON casus.plan_pressure FOR INSERT TO portaal_operator WITH CHECK (true);
CREATE POLICY import ON casus.plan_copy_given FOR INSERT TO portaal_operator WITH CHECK (true);
