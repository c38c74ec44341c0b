-- Remarks beside a part of the plan, by who is invited to think along (2), write along (3), look back together (5) or keep the overview (6). A remark is between
-- who wrote it, the inwoner's side and who works in the dossier, as far as they read the part: who else is invited, or reads along, learns nothing of it.
-- Refusals, in the words of portal/plan/commands.py: MB001 not there (or not yours), MB072 answered already.

-- Says something beside a part. Gives false when it is there already.
CREATE FUNCTION casus.remark_plan(part uuid, remark uuid, words text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p casus.plan_part%ROWTYPE;
BEGIN
    SELECT * INTO p FROM casus.plan_part x
    WHERE x.public_id = part AND x.kind <> 21 AND x.dossier_id = ANY (acl.plan_invited_as('{2,3,5,6}')) AND x.id = ANY (acl.plan_parts());
    IF NOT FOUND THEN RAISE EXCEPTION 'no such part' USING ERRCODE = 'MB001'; END IF;
    INSERT INTO casus.plan_remark (public_id, dossier_id, part_id, body, author_id, author_name)
    VALUES (remark, p.dossier_id, p.id, words, acl.person_id(), acl.signature()) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;

-- The author takes it back: nobody else reads it any more. Gives false when that was done already.
CREATE FUNCTION casus.withdraw_remark(remark uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r casus.plan_remark%ROWTYPE;
BEGIN
    SELECT * INTO r FROM casus.plan_remark x
    WHERE x.public_id = remark AND x.author_id = acl.person_id() AND x.part_id = ANY (acl.plan_parts()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such remark' USING ERRCODE = 'MB001'; END IF;
    UPDATE casus.plan_remark x SET withdrawn_at = now() WHERE x.id = r.id AND x.withdrawn_at IS NULL;
    RETURN FOUND;
END $$;

-- The inwoner's side, or who works in the dossier, read it; said: an answer, or nothing.
CREATE FUNCTION casus.see_remark(remark uuid, said text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r casus.plan_remark%ROWTYPE;
BEGIN
    SELECT * INTO r FROM casus.plan_remark x
    WHERE x.public_id = remark AND x.withdrawn_at IS NULL AND x.dossier_id = ANY (acl.core_dossiers()) AND x.part_id = ANY (acl.plan_parts()) FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such remark' USING ERRCODE = 'MB001'; END IF;
    IF r.seen_at IS NOT NULL THEN RAISE EXCEPTION 'answered already' USING ERRCODE = 'MB072'; END IF;
    UPDATE casus.plan_remark x SET seen_at = now(), seen_by = acl.person_id(), seen_name = acl.signature(), answer = said WHERE x.id = r.id;
END $$;

GRANT EXECUTE ON FUNCTION casus.remark_plan(uuid, uuid, text), casus.withdraw_remark(uuid) TO web_inwoner;
GRANT EXECUTE ON FUNCTION casus.see_remark(uuid, text) TO web_inwoner, web_team;
GRANT SELECT ON casus.plan_remark TO web_inwoner, web_team;
CREATE POLICY read ON casus.plan_remark FOR SELECT TO web_inwoner, web_team USING (
    part_id = ANY ((SELECT acl.plan_parts())::int[])
    AND (author_id = (SELECT acl.person_id())
        OR withdrawn_at IS NULL AND dossier_id = ANY ((SELECT acl.core_dossiers())::int[])));
-- No right to change the words: for nobody.
GRANT SELECT, INSERT (public_id, dossier_id, part_id, body, author_id, author_name), UPDATE (withdrawn_at, seen_at, seen_by, seen_name, answer)
    ON casus.plan_remark TO casus_acl;
CREATE POLICY definer ON casus.plan_remark TO casus_acl USING (true) WITH CHECK (true);
