-- What an inwoner is told of outside the portal: for each topic by mail, by letter or not at all, as chosen. Every such notice goes through
-- casus.tell_owner. It says that there is something to read, never what. A topic of NULL is told whatever was chosen: what the law makes us tell, and
-- what is about the inwoner's safety.

-- As the inwoner chose; by mail until then.
CREATE FUNCTION portaal.notice_way(of_dossier int, of_topic text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT c.way FROM portaal.notice_choice c WHERE c.dossier_id = of_dossier AND c.topic = of_topic), 'mail');
END $$;

-- The inwoner's confirmed address, and the lines of the envelope: none for a protected address, which who prints would read.
CREATE FUNCTION portaal.mail_of(of_person int) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT a.email FROM portaal.account a WHERE a.person_id = of_person AND a.face = 'inwoner' AND a.disabled_at IS NULL);
END $$;

CREATE FUNCTION portaal.envelope_of(of_person int) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT ARRAY[a.street, a.postcode] FROM casus.address a WHERE a.person_id = of_person AND NOT a.protected);
END $$;

-- Puts the notice in the queue. What is always told goes by letter when there is no mail address. Whether it may go is decided when it goes
-- (portaal.post_safety); a dossier that is out of sight tells nothing.
CREATE FUNCTION casus.tell_owner(of_dossier int, of_topic text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d casus.dossier%ROWTYPE;
    way text := portaal.notice_way(of_dossier, of_topic);
    address text;
    template text := CASE of_topic WHEN 'meekijken' THEN 'toegang' WHEN 'stap' THEN 'stap' ELSE 'nieuws' END;
    language text;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.id = of_dossier;
    address := portaal.mail_of(d.inwoner_id);
    language := coalesce(
        (SELECT a.language FROM portaal.account a WHERE a.person_id = d.inwoner_id AND a.face = 'inwoner'),
        (SELECT i.language FROM casus.inwoner i WHERE i.person_id = d.inwoner_id), 'nl');
    IF of_topic IS NULL AND address IS NULL THEN way := 'brief'; END IF;
    IF casus.is_paused(d.inwoner_id, NULL) THEN RETURN; END IF;
    IF way = 'mail' AND address IS NOT NULL THEN
        INSERT INTO portaal.outbox (template, language, to_whom, address, person_id, team_id, topic)
        VALUES (template, language, 'inwoner', address, d.inwoner_id, d.team_id, of_topic);
    ELSIF way = 'brief' THEN
        INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, person_id, team_id, topic)
        VALUES (gen_random_uuid(), template, language, 'inwoner', acl.full_name(d.inwoner_id), coalesce(portaal.envelope_of(d.inwoner_id), '{}'),
            d.inwoner_id, d.team_id, of_topic);
    END IF;
END $$;

-- Whether a notice of this topic gets there without anybody of the team: nobody is asked to call about what the inwoner reads at the next sign-in.
CREATE FUNCTION portaal.notice_arrives(of_dossier int, of_topic text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT CASE portaal.notice_way(d.id, of_topic)
            WHEN 'mail' THEN portaal.mail_of(d.inwoner_id) IS NOT NULL AND portaal.post_safety(true, NULL, d.inwoner_id, 'inwoner') = 'ja'
            WHEN 'brief' THEN portaal.envelope_of(d.inwoner_id) IS NOT NULL AND portaal.post_safety(false, NULL, d.inwoner_id, 'inwoner') = 'ja'
            ELSE false END
        FROM casus.dossier d WHERE d.id = of_dossier);
END $$;

-- Something new was placed in a dossier in which the actor works: told at most once a day by mail and once a week by letter
-- (portal.deadlines.NEWS_BY_MAIL and NEWS_BY_LETTER), and not of what the inwoner can't read: that would tell that it is there.
CREATE FUNCTION casus.tell_of_entry(of_entry int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    SELECT x.* INTO d FROM casus.entry e JOIN casus.dossier x ON x.id = e.dossier_id
    WHERE e.id = of_entry
      AND e.dossier_id = ANY (acl.treated_dossiers())
      AND NOT e.id = ANY (acl.closed_for('inwoner', x.inwoner_id, ARRAY[x.id]));
    IF portaal.notice_arrives(d.id, 'nieuw') IS NOT TRUE
        OR EXISTS (SELECT FROM portaal.outbox o WHERE o.person_id = d.inwoner_id AND o.topic = 'nieuw' AND o.made_at > now() - interval '24 hours')
        OR EXISTS (SELECT FROM portaal.letter l WHERE l.person_id = d.inwoner_id AND l.topic = 'nieuw' AND l.made_at > now() - interval '7 days')
    THEN RETURN; END IF;
    PERFORM casus.tell_owner(d.id, 'nieuw');
END $$;

-- What the inwoner chose in the own dossier.
CREATE FUNCTION portaal.notice_choices(of_dossier uuid) RETURNS TABLE (topic text, way text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT c.topic, c.way FROM portaal.notice_choice c JOIN casus.dossier d ON d.id = c.dossier_id
        WHERE d.public_id = of_dossier AND d.id = ANY (acl.own_dossiers());
END $$;

-- Where a notice about the own dossier can go: to a mail address, to a place where a letter comes.
CREATE FUNCTION portaal.notice_reach(of_dossier uuid) RETURNS TABLE (by_mail boolean, by_letter boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT portaal.mail_of(d.inwoner_id) IS NOT NULL, portaal.envelope_of(d.inwoner_id) IS NOT NULL
        FROM casus.dossier d WHERE d.public_id = of_dossier AND d.id = ANY (acl.own_dossiers());
END $$;

-- From now on so. What waits in a way that isn't wanted any more is not sent. Gives false when this isn't the own dossier.
CREATE FUNCTION portaal.choose_notices(of_dossier uuid, topics text[], ways text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d casus.dossier%ROWTYPE;
BEGIN
    SELECT * INTO d FROM casus.dossier x WHERE x.public_id = of_dossier AND x.id = ANY (acl.own_dossiers());
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO portaal.notice_choice (dossier_id, topic, way) SELECT d.id, t.topic, t.way FROM unnest(topics, ways) AS t (topic, way)
    ON CONFLICT (dossier_id, topic) DO UPDATE SET way = excluded.way;
    DELETE FROM portaal.outbox o
    WHERE o.person_id = d.inwoner_id AND o.address IS NOT NULL AND o.topic IS NOT NULL AND portaal.notice_way(d.id, o.topic) <> 'mail';
    DELETE FROM portaal.letter l
    WHERE l.person_id = d.inwoner_id AND l.printed_at IS NULL AND l.handled_at IS NULL AND l.topic IS NOT NULL
      AND portaal.notice_way(d.id, l.topic) <> 'brief';
    PERFORM casus.log_dossier('notices.chosen', d.id, d.inwoner_id);
    RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION casus.tell_of_entry(int) TO web_team;
GRANT EXECUTE ON FUNCTION portaal.notice_choices(uuid), portaal.notice_reach(uuid), portaal.choose_notices(uuid, text[], text[]) TO web_inwoner;
GRANT SELECT, INSERT, UPDATE (way) ON portaal.notice_choice TO casus_acl;
CREATE POLICY definer ON portaal.notice_choice TO casus_acl USING (true) WITH CHECK (true);
CREATE POLICY notices_log ON casus.change_log FOR INSERT TO casus_acl WITH CHECK (event = 'notices.chosen');
