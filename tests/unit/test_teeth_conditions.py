"""The splitter behind ``make test-teeth`` finds every operand, and nothing in strings, comments or calls."""

import pytest

from tests.teeth.conditions import body_changes, condition_changes, expression_changes, tokens


def whats(text: str) -> list[str]:
    return [change.what for change in condition_changes(text)]


def spoilt(text: str, what: str) -> str:
    [found] = [change for change in condition_changes(text) if change.what == what]
    return found.apply(text)


def test_an_and_is_taken_apart() -> None:
    assert whats("SELECT 1 WHERE a = 1 AND b = 2;") == [
        "a = 1 AND b = 2 -> true", "a = 1 AND b = 2 -> false", "a = 1 AND b = 2 -> NOT",
        "a = 1 -> true", "a = 1 -> NOT", "b = 2 -> true", "b = 2 -> NOT",
    ]  # fmt: skip


def test_an_or_in_parentheses_is_an_operand_and_is_taken_apart() -> None:
    found = whats("SELECT 1 WHERE a = 1 AND (b = 2 OR c() = 3) ORDER BY d;")
    assert "(b = 2 OR c() = 3) -> true" in found
    assert "b = 2 -> false" in found
    assert "c() = 3 -> NOT" in found
    assert not any("ORDER" in what for what in found)


def test_what_is_spoilt_stays_sql() -> None:
    text = "SELECT 1 WHERE a = 1 AND (b = 2 OR c = 3) LIMIT 1;"
    assert spoilt(text, "(b = 2 OR c = 3) -> true") == "SELECT 1 WHERE a = 1 AND true LIMIT 1;"
    assert spoilt(text, "c = 3 -> false") == "SELECT 1 WHERE a = 1 AND (b = 2 OR false) LIMIT 1;"
    assert spoilt(text, "a = 1 -> NOT") == "SELECT 1 WHERE NOT (a = 1) AND (b = 2 OR c = 3) LIMIT 1;"


def test_between_has_an_and_of_its_own() -> None:
    assert "a BETWEEN 1 AND 2 -> true" in whats("SELECT 1 WHERE a BETWEEN 1 AND 2 AND b;")


@pytest.mark.parametrize(
    "text", ["x := 'a AND b';", "SELECT 1 -- WHERE a AND b\n;", "SELECT 1 /* WHERE a = 1 */;", "PERFORM f('WHERE a = 1');"]
)
def test_strings_and_comments_are_no_conditions(text: str) -> None:
    assert whats(text) == []


def test_a_condition_inside_a_query_inside_a_condition_is_found() -> None:
    found = whats("IF NOT EXISTS (SELECT FROM t WHERE t.a = 1 AND t.b = 2) THEN RETURN; END IF;")
    assert "t.a = 1 -> true" in found
    assert "NOT EXISTS (SELECT FROM t WHERE t.a = 1 AND t.b = 2) -> false" in found


def test_arms_of_a_case_are_conditions() -> None:
    found = whats("RETURN CASE WHEN a = 1 THEN b = 2 WHEN c THEN true ELSE false END;")
    assert {"a = 1 -> false", "b = 2 -> NOT", "c -> NOT", "true -> false", "false -> true"} <= set(found)
    simple = whats("IF NOT (CASE x WHEN 'a' THEN y = 1 ELSE false END) THEN RETURN; END IF;")
    assert "y = 1 -> true" in simple
    assert "'a' -> true" not in simple


def test_joins_and_filters_are_conditions() -> None:
    found = whats(
        "SELECT max(a) FILTER (WHERE b > 1) FROM t JOIN u ON u.id = t.id LEFT JOIN v ON v.id = left(u.id, 2) WHERE c = 1 GROUP BY d;"
    )
    assert {"b > 1 -> true", "u.id = t.id -> false", "v.id = left(u.id, 2) -> NOT", "c = 1 -> true"} <= set(found)
    assert whats("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING;") == []


def test_conditions_as_arguments_are_found() -> None:
    assert "a -> false" in whats("w := coalesce(a OR b, false);")


def test_bodies_give_sets_values_and_statements() -> None:
    body = "BEGIN PERFORM log('x'); IF a IN ('x', 'y') THEN RETURN f() || g(); END IF; NEW.a := 1; RETURN QUERY SELECT now() - interval '1 day'; END"
    found = [change.what for change in body_changes(body)]
    assert {
        "f() || -> taken away",
        "g() || -> taken away",
        "PERFORM log('x') -> left out",
        "NEW.a := 1 -> left out",
        "IN ('x', 'y') -> without 'x'",
        "interval '1 day' -> twice",
    } <= set(found)
    assert any(what.startswith("RETURN QUERY") for what in found)
    assert any(what.startswith("RETURN f() || g()") for what in found)


def test_nothing_is_spoilt_twice_the_same_way() -> None:
    body = "BEGIN RETURN (SELECT a FROM t WHERE (b = 1 OR (c = 2 AND NOT d)) AND e = ANY (f())); END"
    made = [change.apply(body) for change in body_changes(body)]
    assert len(made) == len(set(made))
    assert body not in made


def test_a_policy_is_one_condition() -> None:
    found = [change.what for change in expression_changes("((a = 1) AND (NOT b))")]
    assert {"((a = 1) AND (NOT b)) -> true", "(a = 1) -> true", "(NOT b) -> NOT"} <= set(found)
    assert [change.what for change in expression_changes("true")] == ["true -> false"]


def test_what_is_no_sql_is_refused() -> None:
    with pytest.raises(ValueError, match="not understood"):
        tokens("SELECT 'never closed")
