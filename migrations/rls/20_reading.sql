-- Who may read which rows. The first term is the index condition; unneeded rows are never read.

GRANT USAGE ON SCHEMA casus TO web_inwoner, web_team, portaal_jobs, portaal_operator, casus_controle;

-- Known to everybody who is signed in: districts, teams, and who works here (name, job, team).
GRANT SELECT ON casus.stadsdeel, casus.team TO web_inwoner, web_team, portaal_operator;
GRANT SELECT ON casus.staff TO web_team, portaal_operator;
GRANT SELECT (person_id, job_title, team_id) ON casus.staff TO web_inwoner;
CREATE POLICY read ON casus.stadsdeel FOR SELECT TO web_inwoner, web_team USING ((SELECT acl.person_id()) IS NOT NULL);
CREATE POLICY read ON casus.team FOR SELECT TO web_inwoner, web_team USING ((SELECT acl.person_id()) IS NOT NULL);
CREATE POLICY read ON casus.staff FOR SELECT TO web_inwoner, web_team USING ((SELECT acl.person_id()) IS NOT NULL);

GRANT SELECT ON casus.person TO web_inwoner, web_team, portaal_operator;
CREATE POLICY read ON casus.person FOR SELECT TO web_inwoner, web_team USING (
    (is_staff AND (SELECT acl.person_id()) IS NOT NULL) OR id = ANY ((SELECT acl.known_persons())::int[]));

-- The inwoner's particulars: the inwoner, a representative, and the professionals who work in the dossier.
GRANT SELECT ON casus.inwoner TO web_inwoner, web_team;
CREATE POLICY read ON casus.inwoner FOR SELECT TO web_inwoner, web_team USING (person_id = ANY ((SELECT acl.core_persons())::int[]));

-- A protected address is shown to the inwoner alone.
GRANT SELECT ON casus.address TO web_inwoner, web_team;
CREATE POLICY read ON casus.address FOR SELECT TO web_inwoner, web_team USING (
    person_id = (SELECT acl.person_id()) OR (NOT protected AND person_id = ANY ((SELECT acl.core_persons())::int[])));

GRANT SELECT ON casus.dossier TO web_inwoner, web_team;
CREATE POLICY read ON casus.dossier FOR SELECT TO web_inwoner, web_team USING (id = ANY ((SELECT acl.any_dossiers())::int[]));

GRANT SELECT ON casus.household_member, casus.assignment, casus.mandate TO web_inwoner, web_team;
CREATE POLICY read ON casus.household_member FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
CREATE POLICY read ON casus.assignment FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));
CREATE POLICY read ON casus.mandate FOR SELECT TO web_inwoner, web_team USING (dossier_id = ANY ((SELECT acl.core_dossiers())::int[]));

-- Grants are the inwoner's business; who represents one is given them by a function, when the mandate names them (69_named.sql). Nobody reads closures: what is closed leaves no trace (the owner is told through acl.notices).
GRANT SELECT ON casus.access_grant TO web_inwoner;
CREATE POLICY read ON casus.access_grant FOR SELECT TO web_inwoner USING (
    dossier_id = ANY ((SELECT acl.own_dossiers())::int[]));

GRANT SELECT ON casus.absence TO web_team;
CREATE POLICY read ON casus.absence FOR SELECT TO web_team USING ((SELECT acl.person_id()) IS NOT NULL);

GRANT SELECT ON casus.entry, casus.entry_version, casus.annotation, casus.annotation_version TO web_inwoner, web_team;
CREATE POLICY read ON casus.entry FOR SELECT TO web_inwoner, web_team USING (
    dossier_id = ANY ((SELECT acl.any_dossiers())::int[])
    AND (dossier_id = ANY ((SELECT acl.whole_dossiers())::int[])
        OR (dossier_id * 32 + section) = ANY ((SELECT acl.section_keys())::int[])
        OR (dossier_id * 32 + leefdomein) = ANY ((SELECT acl.leefdomein_keys())::int[])
        OR id = ANY ((SELECT acl.single_entries())::int[]))
    AND NOT id = ANY ((SELECT acl.closed_entries())::int[]));
CREATE POLICY read ON casus.entry_version FOR SELECT TO web_inwoner, web_team USING (
    dossier_id = ANY ((SELECT acl.any_dossiers())::int[])
    AND (dossier_id = ANY ((SELECT acl.whole_dossiers())::int[])
        OR (dossier_id * 32 + section) = ANY ((SELECT acl.section_keys())::int[])
        OR (dossier_id * 32 + leefdomein) = ANY ((SELECT acl.leefdomein_keys())::int[])
        OR entry_id = ANY ((SELECT acl.single_entries())::int[]))
    AND NOT entry_id = ANY ((SELECT acl.closed_entries())::int[]));

-- audience 1: the author alone; 2: also the inwoner's side and the professionals; 3: everybody who can read the entry.
-- A text is read by whom the reaction is for now and that text was for when it was written: showing a later text to more people opens no earlier one.
-- A withdrawn reaction stays for the author and, without its words, for the circle of audience 2.
CREATE POLICY read ON casus.annotation FOR SELECT TO web_inwoner, web_team USING (
    dossier_id = ANY ((SELECT acl.any_dossiers())::int[])
    AND (dossier_id = ANY ((SELECT acl.whole_dossiers())::int[])
        OR (dossier_id * 32 + section) = ANY ((SELECT acl.section_keys())::int[])
        OR (dossier_id * 32 + leefdomein) = ANY ((SELECT acl.leefdomein_keys())::int[])
        OR entry_id = ANY ((SELECT acl.single_entries())::int[]))
    AND NOT entry_id = ANY ((SELECT acl.closed_entries())::int[])
    AND (author_id = (SELECT acl.person_id())
        OR (audience >= 2 AND dossier_id = ANY ((SELECT acl.core_dossiers())::int[]))
        OR (audience = 3 AND NOT withdrawn)));
CREATE POLICY read ON casus.annotation_version FOR SELECT TO web_inwoner, web_team USING (
    dossier_id = ANY ((SELECT acl.any_dossiers())::int[])
    AND (dossier_id = ANY ((SELECT acl.whole_dossiers())::int[])
        OR (dossier_id * 32 + section) = ANY ((SELECT acl.section_keys())::int[])
        OR (dossier_id * 32 + leefdomein) = ANY ((SELECT acl.leefdomein_keys())::int[])
        OR entry_id = ANY ((SELECT acl.single_entries())::int[]))
    AND NOT entry_id = ANY ((SELECT acl.closed_entries())::int[])
    AND (author_id = (SELECT acl.person_id())
        OR (NOT withdrawn AND audience = 3 AND written_for = 3)
        OR (NOT withdrawn AND audience >= 2 AND written_for >= 2 AND dossier_id = ANY ((SELECT acl.core_dossiers())::int[]))));

-- A concept is its author's alone, as long as the author works in the dossier. The job sees dates, never words.
GRANT SELECT ON casus.concept TO web_team;
GRANT SELECT (id, author_id, created_at, saved_at) ON casus.concept TO portaal_jobs;
CREATE POLICY read ON casus.concept FOR SELECT TO web_team USING (
    author_id = (SELECT acl.person_id()) AND dossier_id = ANY ((SELECT acl.treated_dossiers())::int[]));
CREATE POLICY job_reads ON casus.concept FOR SELECT TO portaal_jobs USING ((SELECT acl.kind()) = 'job');

-- Who looked, and what changed: for the inwoner self. It tells of what was closed, of the diary and of whom the inwoner lets in, so who represents one is
-- given less by a function, when the mandate names it (69_named.sql). The auditor sees the lines to check the seals.
GRANT SELECT ON casus.read_log, casus.change_log TO web_inwoner;
CREATE POLICY read ON casus.read_log FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.own_dossiers())::int[]));
CREATE POLICY read ON casus.change_log FOR SELECT TO web_inwoner USING (dossier_id = ANY ((SELECT acl.own_dossiers())::int[]));
GRANT SELECT ON casus.read_log, casus.read_seal, casus.read_seal_row TO casus_controle;
CREATE POLICY audit ON casus.read_log FOR SELECT TO casus_controle USING (true);
CREATE POLICY audit ON casus.read_seal FOR SELECT TO casus_controle USING (true);
CREATE POLICY audit ON casus.read_seal_row FOR SELECT TO casus_controle USING (true);
