-- Somebody is invited into the plan (scope 5): as what, and which parts the inwoner named. plan_role: 1 reads along, 2 thinks along, 3 writes along,
-- 4 does actions, 5 looks back together, 6 keeps the overview. plan_parts: numbers of casus.plan_part; NULL: all of the plan that is for whom one lets
-- read it. Whoever was invited also reads the goals in which they hold an action.
ALTER TABLE casus.access_grant
    DROP CONSTRAINT access_grant_scope_check,
    ADD CONSTRAINT access_grant_scope_check CHECK (scope BETWEEN 1 AND 5),
    ADD plan_role smallint CHECK (plan_role BETWEEN 1 AND 6),
    ADD plan_parts int[],
    ADD CONSTRAINT access_grant_role_check CHECK ((scope = 5) = (plan_role IS NOT NULL)),
    ADD CONSTRAINT access_grant_parts_check CHECK (plan_parts IS NULL OR scope = 5);
-- One invitation at a time, so that narrowing it leaves no other one open.
CREATE UNIQUE INDEX ON casus.access_grant (dossier_id, grantee_id) WHERE scope = 5 AND withdrawn_at IS NULL;
