-- Who may write what. Nothing here lets anybody change or delete words: new words are new rows.

-- Who writes, for whom, and when, is set by the database: what somebody writes for an inwoner is signed so. The operator's import brings authors and dates of its own.
CREATE FUNCTION acl.stamp_author() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF session_user = 'portaal_operator' THEN RETURN NEW; END IF;
    NEW.author_id := acl.person_id();
    IF TG_TABLE_NAME <> 'annotation_version' THEN
        NEW.author_name := acl.full_name(NEW.author_id) || coalesce(', namens ' || acl.full_name((SELECT a.on_behalf_of FROM acl.actor() a)), '');
    END IF;
    RETURN NEW;
END $$;

-- A text is for whom the reaction is for when it is written.
CREATE FUNCTION acl.stamp_audience() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.written_for := coalesce(NEW.written_for, NEW.audience);
    RETURN NEW;
END $$;

-- A line of the read log says who read, as what, on what ground, through which program: all set here, none by the reader. Who has the code of a handover is
-- nobody here: portaal.fetch_handover says who that is.
CREATE FUNCTION acl.stamp_read() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record; r record; urgent text;
BEGIN
    NEW.at := clock_timestamp();
    NEW.xid := pg_current_xact_id();
    NEW.program := session_user;
    IF session_user IN ('web_inwoner', 'web_team') THEN
        SELECT * INTO a FROM acl.actor();
        SELECT * INTO r FROM acl.relation_of(a.kind, a.person_id, a.on_behalf_of, NEW.dossier_id);
        IF a.person_id IS NULL AND NEW.ground = 'overdracht' THEN RETURN NEW; END IF;
        NEW.reader_id := a.person_id;
        NEW.reader_name := acl.full_name(a.person_id);
        NEW.reader_role := coalesce((SELECT s.job_title FROM casus.staff s WHERE s.person_id = a.person_id AND session_user = 'web_team'), a.kind);
        NEW.on_behalf_of := a.on_behalf_of;
        NEW.session_id := a.session_id;
        IF session_user = 'web_team' THEN
            urgent := (SELECT n.reason FROM casus.emergency_reading n
                WHERE n.dossier_id = NEW.dossier_id AND n.person_id = a.person_id AND n.ends_at > now() ORDER BY n.id LIMIT 1);
        END IF;
        NEW.ground := CASE WHEN urgent IS NOT NULL THEN 'nood' ELSE coalesce(r.relation, 'huishouden') END;
        NEW.ground_detail := coalesce(urgent, r.detail, '');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION acl.stamp_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    NEW.at := clock_timestamp();
    NEW.program := session_user;
    SELECT * INTO a FROM acl.actor();
    IF a.person_id IS NULL AND NEW.event IN ('handover.fetched', 'handover.taken', 'handover.not_taken') THEN RETURN NEW; END IF;
    NEW.person_id := a.person_id;
    NEW.person_name := coalesce(acl.full_name(a.person_id), session_user);
    NEW.person_role := coalesce((SELECT s.job_title FROM casus.staff s WHERE s.person_id = a.person_id AND session_user = 'web_team'), a.kind, 'operator');
    NEW.on_behalf_of := a.on_behalf_of;
    RETURN NEW;
END $$;

-- A definer function (48_open_dossier.sql) says itself who wrote it: the inwoner, in the melding.
CREATE TRIGGER stamp BEFORE INSERT ON casus.entry FOR EACH ROW WHEN (current_user <> 'casus_acl') EXECUTE FUNCTION acl.stamp_author();
CREATE TRIGGER stamp BEFORE INSERT ON casus.entry_version FOR EACH ROW WHEN (current_user <> 'casus_acl') EXECUTE FUNCTION acl.stamp_author();
CREATE TRIGGER stamp BEFORE INSERT ON casus.annotation FOR EACH ROW EXECUTE FUNCTION acl.stamp_author();
CREATE TRIGGER stamp BEFORE INSERT ON casus.annotation_version FOR EACH ROW EXECUTE FUNCTION acl.stamp_author();
CREATE TRIGGER stamp_audience BEFORE INSERT ON casus.annotation_version FOR EACH ROW EXECUTE FUNCTION acl.stamp_audience();
CREATE TRIGGER stamp BEFORE INSERT ON casus.read_log FOR EACH ROW EXECUTE FUNCTION acl.stamp_read();
CREATE TRIGGER stamp BEFORE INSERT ON casus.change_log FOR EACH ROW EXECUTE FUNCTION acl.stamp_change();
GRANT EXECUTE ON FUNCTION acl.full_name(int) TO casus_acl;

-- Professionals write entries and new versions in the dossiers they work in, as themselves. The words of the inwoner, and letters of others, are
-- not theirs to write a version of.
GRANT INSERT (public_id, dossier_id, section, leefdomein, kind, occurred_at, discuss_until) ON casus.entry TO web_team;
CREATE POLICY write ON casus.entry FOR INSERT TO web_team WITH CHECK (
    dossier_id = ANY ((SELECT acl.treated_dossiers())::int[]) AND author_id = (SELECT acl.person_id()));
GRANT INSERT (entry_id, number, dossier_id, section, leefdomein, title, body, reason) ON casus.entry_version TO web_team;
CREATE POLICY write ON casus.entry_version FOR INSERT TO web_team WITH CHECK (
    dossier_id = ANY ((SELECT acl.treated_dossiers())::int[])
    AND NOT entry_id = ANY ((SELECT acl.closed_entries())::int[])
    AND author_id = (SELECT acl.person_id())
    AND EXISTS (SELECT FROM casus.entry e JOIN casus.person p ON p.id = e.author_id WHERE e.id = entry_id AND p.is_staff));

GRANT INSERT (public_id, dossier_id, entry_id, base_version, author_id, section, leefdomein, kind, occurred_on, title, body, reason, discuss_first)
    ON casus.concept TO web_team;
GRANT UPDATE (base_version, section, leefdomein, kind, occurred_on, title, body, reason, discuss_first, saved_at) ON casus.concept TO web_team;
GRANT DELETE ON casus.concept TO web_team, portaal_jobs;
CREATE POLICY write ON casus.concept FOR INSERT TO web_team WITH CHECK (
    author_id = (SELECT acl.person_id())
    AND dossier_id = ANY ((SELECT acl.treated_dossiers())::int[])
    AND (entry_id IS NULL OR NOT entry_id = ANY ((SELECT acl.closed_entries())::int[])));
CREATE POLICY change ON casus.concept FOR UPDATE TO web_team USING (
    author_id = (SELECT acl.person_id()) AND dossier_id = ANY ((SELECT acl.treated_dossiers())::int[]));
CREATE POLICY remove ON casus.concept FOR DELETE TO web_team USING (
    author_id = (SELECT acl.person_id()) AND dossier_id = ANY ((SELECT acl.treated_dossiers())::int[]));
-- 14 days: portal.deadlines.CONCEPT_GONE; a test compares the two.
CREATE POLICY job_removes ON casus.concept FOR DELETE TO portaal_jobs USING (
    (SELECT acl.kind()) = 'job' AND saved_at < now() - interval '14 days');

-- The inwoner, or who represents the inwoner, reacts beside an entry that can be read; and may narrow or withdraw the own reaction.
GRANT INSERT (public_id, entry_id, dossier_id, section, leefdomein, kind, audience) ON casus.annotation TO web_inwoner;
GRANT UPDATE (audience, withdrawn, withdrawn_at) ON casus.annotation TO web_inwoner;
CREATE POLICY write ON casus.annotation FOR INSERT TO web_inwoner WITH CHECK (
    dossier_id = ANY ((SELECT acl.owned_dossiers())::int[])
    AND NOT entry_id = ANY ((SELECT acl.closed_entries())::int[])
    AND author_id = (SELECT acl.person_id()));
CREATE POLICY change ON casus.annotation FOR UPDATE TO web_inwoner USING (
    dossier_id = ANY ((SELECT acl.owned_dossiers())::int[])
    AND NOT entry_id = ANY ((SELECT acl.closed_entries())::int[])
    AND author_id = (SELECT acl.person_id())
    AND NOT withdrawn) WITH CHECK (
    dossier_id = ANY ((SELECT acl.owned_dossiers())::int[])
    AND author_id = (SELECT acl.person_id()));
GRANT INSERT (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body, quote, about_version, sentences) ON casus.annotation_version TO web_inwoner;
CREATE POLICY write ON casus.annotation_version FOR INSERT TO web_inwoner WITH CHECK (
    dossier_id = ANY ((SELECT acl.owned_dossiers())::int[])
    AND NOT entry_id = ANY ((SELECT acl.closed_entries())::int[])
    AND author_id = (SELECT acl.person_id())
    AND NOT withdrawn);

-- The logs: everybody who reads or changes adds the own line, for a dossier that can be opened; nobody edits one. One look at the token for a line:
-- on a page each look counts.
CREATE FUNCTION acl.is_own_line(dossier int, person int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM acl.actor();
    RETURN person = a.person_id AND dossier = ANY (acl.reached_by(a.kind, a.person_id, a.on_behalf_of));
END $$;

GRANT EXECUTE ON FUNCTION acl.is_own_line(int, int) TO web_inwoner, web_team;
GRANT INSERT (dossier_id, entry_id, what, shown, shown_entries) ON casus.read_log TO web_inwoner, web_team;
CREATE POLICY write ON casus.read_log FOR INSERT TO web_inwoner, web_team WITH CHECK (acl.is_own_line(dossier_id, reader_id));
GRANT INSERT (dossier_id, entry_id, event, subject_id) ON casus.change_log TO web_inwoner, web_team;
CREATE POLICY write ON casus.change_log FOR INSERT TO web_inwoner, web_team WITH CHECK (acl.is_own_line(dossier_id, person_id));

-- The operator's import only adds, and reads no words back.
GRANT INSERT ON casus.stadsdeel, casus.team, casus.person, casus.inwoner, casus.address, casus.staff, casus.absence, casus.dossier,
    casus.household_member, casus.assignment, casus.mandate, casus.entry, casus.entry_version, casus.access_grant, casus.closure,
    casus.annotation, casus.annotation_version, casus.program, casus.melding, casus.melding_event TO portaal_operator;
GRANT USAGE ON SEQUENCE casus.person_id_seq, casus.dossier_id_seq, casus.entry_id_seq, casus.annotation_id_seq, casus.melding_id_seq TO portaal_operator;
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['stadsdeel', 'team', 'person', 'inwoner', 'address', 'staff', 'absence', 'dossier', 'household_member',
        'assignment', 'mandate', 'entry', 'entry_version', 'access_grant', 'closure', 'annotation', 'annotation_version', 'program', 'melding', 'melding_event']
    LOOP EXECUTE format('CREATE POLICY import ON casus.%I FOR INSERT TO portaal_operator WITH CHECK (true)', t); END LOOP;
    FOREACH t IN ARRAY ARRAY['stadsdeel', 'team', 'staff']
    LOOP EXECUTE format('CREATE POLICY operator_reads ON casus.%I FOR SELECT TO portaal_operator USING (true)', t); END LOOP;
END $$;
CREATE POLICY operator_reads ON casus.person FOR SELECT TO portaal_operator USING (is_staff);
