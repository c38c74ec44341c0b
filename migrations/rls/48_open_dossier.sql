-- From a melding to a dossier: what a professional does after making sure who somebody is. Refusals have codes, which portal/door/commands.py puts into
-- words: MB001 not there (or not yours), MB041 this melding has a dossier already, MB042 how it was made sure is not said.

-- Held until the transaction ends, so that two colleagues don't make two dossiers of one melding.
CREATE FUNCTION casus.melding_without_dossier(of_melding uuid, how text) RETURNS casus.melding
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m casus.melding%ROWTYPE := casus.handled_melding(of_melding);
BEGIN
    IF m.dossier_id IS NOT NULL THEN RAISE EXCEPTION 'has a dossier' USING ERRCODE = 'MB041'; END IF;
    IF coalesce(how, '') NOT IN ('legitimatie', 'bekend', 'teruggebeld', 'thuis') THEN
        RAISE EXCEPTION 'how was it made sure who this is' USING ERRCODE = 'MB042';
    END IF;
    RETURN m;
END $$;

CREATE FUNCTION casus.log_dossier(what text, of_dossier int, subject int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO casus.change_log (dossier_id, event, subject_id) VALUES (of_dossier, what, subject);
END $$;

-- The melding belongs to the dossier from now on, and what the inwoner wrote in it is there as the inwoner's words. What somebody else wrote stays with
-- the melding: it isn't the inwoner's, and who wrote it may have to stay unknown.
CREATE FUNCTION casus.tie_melding(m casus.melding, to_dossier int, how text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_inwoner int := (SELECT d.inwoner_id FROM casus.dossier d WHERE d.id = to_dossier);
    made int;
BEGIN
    UPDATE casus.melding x SET dossier_id = to_dossier, staff_id = coalesce(x.staff_id, acl.person_id()) WHERE x.id = m.id;
    INSERT INTO casus.melding_event (melding_id, event, value, staff_id) VALUES (m.id, 'dossier', how, acl.person_id());
    IF m.for_whom = 'zelf' AND m.words <> '' THEN
        INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_id, author_name)
        VALUES (to_dossier, 1, 4, m.received_at, of_inwoner, acl.full_name(of_inwoner)) RETURNING id INTO made;
        INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name)
        VALUES (made, 1, to_dossier, 1, 0, 'Mijn hulpvraag', m.words, of_inwoner, acl.full_name(of_inwoner));
    END IF;
END $$;

-- A new dossier, in which the actor works. What the melding says already goes along; of who asked for somebody else the language is the asker's own.
CREATE FUNCTION casus.open_dossier(of_melding uuid, how text, new_first_name text, new_infix text, new_last_name text, new_birth_date date,
    new_street text, new_postcode text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.melding%ROWTYPE := casus.melding_without_dossier(of_melding, how);
    new_person int;
    d casus.dossier%ROWTYPE;
BEGIN
    INSERT INTO casus.person (first_name, infix, last_name) VALUES (new_first_name, new_infix, new_last_name) RETURNING id INTO new_person;
    INSERT INTO casus.inwoner (person_id, birth_date, phone, email, stadsdeel_id, language, interpreter_needed, reachable, safe_contact)
    VALUES (new_person, new_birth_date, m.phone, m.email, m.stadsdeel_id, CASE WHEN m.for_whom = 'zelf' THEN m.language ELSE 'nl' END,
        coalesce(m.interpreter, false),
        nullif(concat_ws('. ', nullif(array_to_string(m.reach_ways, ', '), ''), nullif(m.reach_when, '')), ''),
        nullif(concat_ws(' ',
            CASE WHEN NOT m.safe_call THEN 'Bellen is niet veilig.' END,
            CASE WHEN NOT m.safe_mail THEN 'Mailen is niet veilig.' END,
            CASE WHEN NOT m.safe_post THEN 'Post is niet veilig.' END), ''));
    INSERT INTO casus.address (person_id, street, postcode) VALUES (new_person, new_street, new_postcode);
    INSERT INTO casus.dossier (inwoner_id, team_id, opened_on) VALUES (new_person, acl.team_id(), acl.today()) RETURNING * INTO d;
    PERFORM casus.begin_assignment(d.id);
    PERFORM casus.tie_melding(m, d.id, how);
    PERFORM casus.log_dossier('dossier.opened', d.id, new_person);
    RETURN d.public_id;
END $$;

-- Who opens a dossier, or comes back in one that nobody is responsible for, is the one responsible professional (eis 8.4).
CREATE FUNCTION casus.begin_assignment(in_dossier int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, responsible)
    VALUES (in_dossier, acl.person_id(), 'vaste professional', acl.today(), NOT EXISTS (
        SELECT FROM casus.assignment t WHERE t.dossier_id = in_dossier AND t.responsible AND t.valid_until IS NULL));
END $$;

-- A returning inwoner: the melding goes to a dossier in which the actor works already.
CREATE FUNCTION casus.link_dossier(of_melding uuid, how text, to_dossier uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.melding%ROWTYPE := casus.melding_without_dossier(of_melding, how);
    d casus.dossier%ROWTYPE;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.public_id = to_dossier AND x.id = ANY (acl.treated_dossiers());
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    PERFORM casus.tie_melding(m, d.id, how);
    PERFORM casus.log_dossier('dossier.linked', d.id, d.inwoner_id);
END $$;

-- The same to a dossier of which the inwoner tells user name and birth date; then the actor works in it from today, and the inwoner sees that. Both have
-- to be right, five wrong ones a day are free, and nothing tells whether there is such a name: dossier is NULL.
CREATE FUNCTION casus.link_by_username(of_melding uuid, how text, of_username text, of_birth_date date, OUT wait_seconds int, OUT dossier uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m casus.melding%ROWTYPE := casus.melding_without_dossier(of_melding, how);
    subject bytea := sha256(convert_to('koppelen ' || acl.person_id(), 'UTF8'));
    attempt bigint;
    d casus.dossier%ROWTYPE;
BEGIN
    SELECT b.wait_seconds, b.attempt_id INTO wait_seconds, attempt FROM portaal.begin_attempt('koppelen', subject, subject, NULL) b;
    IF wait_seconds > 0 THEN RETURN; END IF;
    SELECT x.* INTO d FROM portaal.account a JOIN casus.inwoner i ON i.person_id = a.person_id JOIN casus.dossier x ON x.inwoner_id = a.person_id
    WHERE a.face = 'inwoner' AND a.username = lower(of_username) AND i.birth_date = of_birth_date
    ORDER BY x.id DESC LIMIT 1;
    IF NOT FOUND THEN RETURN; END IF;
    UPDATE portaal.sign_in_attempt t SET accepted = true WHERE t.id = attempt;
    IF NOT d.id = ANY (acl.treated_dossiers()) THEN PERFORM casus.begin_assignment(d.id); END IF;
    PERFORM casus.tie_melding(m, d.id, how);
    PERFORM casus.log_dossier('dossier.linked', d.id, d.inwoner_id);
    dossier := d.public_id;
END $$;

-- The address of an inwoner, told at the desk.
CREATE FUNCTION casus.change_address(of_dossier uuid, new_street text, new_postcode text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.public_id = of_dossier AND x.id = ANY (acl.treated_dossiers());
    IF NOT FOUND THEN RAISE EXCEPTION 'no such dossier' USING ERRCODE = 'MB001'; END IF;
    INSERT INTO casus.address AS a (person_id, street, postcode) VALUES (d.inwoner_id, new_street, new_postcode)
    ON CONFLICT (person_id) DO UPDATE SET street = new_street, postcode = new_postcode;
    PERFORM casus.log_dossier('inwoner.address', d.id, d.inwoner_id);
END $$;

-- The steps of a melding stay with its owner once there is a dossier; who asked for somebody else isn't among these columns. What was decided inside the
-- team is not told, as in portaal.sent_melding.
GRANT SELECT (id, number, received_at, for_whom, urgency, team_id, dossier_id) ON casus.melding TO web_inwoner;
GRANT SELECT (id, melding_id, at, event, value, words) ON casus.melding_event TO web_inwoner;
CREATE POLICY owner_reads ON casus.melding FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.owned_dossiers())::int[]));
CREATE POLICY owner_reads ON casus.melding_event FOR SELECT TO web_inwoner USING (
    event NOT IN ('samengevoegd', 'opzij', 'heropend') AND EXISTS (SELECT FROM casus.melding m WHERE m.id = melding_id));

GRANT EXECUTE ON FUNCTION casus.open_dossier(uuid, text, text, text, text, date, text, text), casus.link_dossier(uuid, text, uuid),
    casus.link_by_username(uuid, text, text, date), casus.change_address(uuid, text, text) TO web_team;
GRANT INSERT (person_id, birth_date, phone, email, stadsdeel_id, language, interpreter_needed, reachable, safe_contact) ON casus.inwoner TO casus_acl;
GRANT SELECT (person_id, birth_date, language) ON casus.inwoner TO casus_acl;
GRANT SELECT (person_id, street, postcode, protected), INSERT (person_id, street, postcode), UPDATE (street, postcode) ON casus.address TO casus_acl;
GRANT INSERT (inwoner_id, team_id, opened_on) ON casus.dossier TO casus_acl;
GRANT INSERT (dossier_id, staff_id, role_text, valid_from, responsible) ON casus.assignment TO casus_acl;
GRANT INSERT (dossier_id, section, kind, occurred_at, author_id, author_name) ON casus.entry TO casus_acl;
GRANT INSERT (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name) ON casus.entry_version TO casus_acl;
CREATE POLICY door_adds ON casus.inwoner FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY door_reads ON casus.inwoner FOR SELECT TO casus_acl USING (true);
CREATE POLICY door ON casus.address TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY door_adds ON casus.dossier FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY door_adds ON casus.assignment FOR INSERT TO casus_acl WITH CHECK (true);
CREATE POLICY door_adds ON casus.entry FOR INSERT TO casus_acl WITH CHECK (section = 1 AND kind = 4);
CREATE POLICY door_adds ON casus.entry_version FOR INSERT TO casus_acl WITH CHECK (section = 1);
CREATE POLICY door_logs ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event IN ('dossier.opened', 'dossier.linked', 'inwoner.address'));
