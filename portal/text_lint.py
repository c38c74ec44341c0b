"""Find text that people see but translators don't: letters in templates, forms and scripts outside ``_()``.

Used by ``python -m portal.catalogues check``. Templates are read by Jinja's own lexer and parser, and what is
left is read as HTML; Python is read as its syntax tree. Each finding is one line with file and line number.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

MARKERS = {"_", "gettext", "ngettext", "lazy", "N_"}

ALLOWED_TEXT: dict[str, str] = {
    "DigiD": "a name, the same in every language",
    "Esc": "what stands on the key",
}
"""Text that may stand in a template as it is, each with the reason."""

OPERATOR_ONLY = (
    "portal/case_",
    "portal/cli.py",
    "portal/demo/",
    "portal/import_command.py",
    "portal/importing.py",
    "portal/json_schema.py",
    "portal/plain_language.py",
    "portal/seed",
    "portal/terms.py",
    "portal/text_lint.py",
)
"""Python whose texts only somebody at the terminal or a developer reads, never on a page."""

_SPOKEN = {
    "title",
    "alt",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
}
_SPOKEN |= {"label", "summary", "abbr"}
_LETTER = re.compile(r"[^\W\d_]")
_EXPRESSION = "\ue000"
"""Stands in for {{ ... }} in what is read as HTML; a private character, so not a letter."""


def lint(root: Path) -> list[str]:
    """Give every place with text outside the catalogues, below templates/, portal/ and static/js/."""
    found: list[str] = []
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            name = path.relative_to(root).as_posix()
            found += [f"{name}:{line}: {said}" for line, said in lint_template(_read(path), path.suffix == ".html")]
    for path in sorted((root / "portal").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if not name.startswith(OPERATOR_ONLY):
            found += [f"{name}:{line}: {said}" for line, said in lint_python(_read(path))]
    for path in sorted((root / "static" / "js").rglob("*.js")):
        name = path.relative_to(root).as_posix()
        found += [f"{name}:{line}: {said}" for line, said in lint_script(_read(path))]
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# --- templates


def lint_template(source: str, html: bool = True) -> Iterator[tuple[int, str]]:
    """Give (line, what) for text in a template that isn't from ``_()``, ngettext or a variable."""
    environment = Environment(autoescape=True)
    try:
        tree = environment.parse(source)
        tokens = list(environment.lex(source))
    except TemplateSyntaxError as error:
        yield error.lineno, f"not a template: {error.message}"
        return
    yield from _lint_literals(tree)
    visible = _visible(tokens)
    if html:
        reader = _TextReader()
        reader.feed(visible)
        reader.close()
        yield from reader.found
    else:
        for number, line in enumerate(visible.splitlines(), start=1):
            if _is_text(line):
                yield number, f"text outside the catalogues: {line.strip()!r}"


def _visible(tokens: list[tuple[int, str, str]]) -> str:
    """Give the template without its Jinja: expressions as one mark, line numbers kept."""
    parts: list[str] = []
    inside = ""
    for _line, kind, value in tokens:
        if inside:
            parts.append("\n" * value.count("\n"))
            if kind == inside:
                inside = ""
        elif kind == "variable_begin":
            parts.append(_EXPRESSION)
            inside = "variable_end"
        elif kind == "block_begin":
            inside = "block_end"
        elif kind == "comment_begin":
            inside = "comment_end"
        elif kind == "data":
            parts.append(value)
        else:
            parts.append("\n" * value.count("\n"))
    return "".join(parts)


def _is_text(text: str) -> bool:
    for allowed in ALLOWED_TEXT:
        text = re.sub(rf"(?<!\w){re.escape(allowed)}(?!\w)", "", text)
    return bool(_LETTER.search(text))


class _TextReader(HTMLParser):
    """Collects text nodes and spoken attributes with letters in them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)
        if tag in {"script", "style"}:
            self._silent += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"} and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent and _is_text(data):
            before = data[: len(data) - len(data.lstrip())].count("\n")
            self.found.append((self.getpos()[0] + before, f"text outside the catalogues: {_short(data)!r}"))

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            spoken = name in _SPOKEN
            spoken = spoken or (name == "value" and given.get("type") in {"submit", "button", "reset"})
            spoken = spoken or (tag == "meta" and name == "content" and given.get("name") == "description")
            spoken = spoken or (name.startswith("data-") and _reads_as_text(value))
            if spoken and _is_text(value):
                self.found.append((self.getpos()[0], f"text in {name} outside the catalogues: {_short(value)!r}"))


def _short(text: str) -> str:
    plain = " ".join(text.replace(_EXPRESSION, "{}").split())
    return plain if len(plain) <= 60 else plain[:57] + "..."


def _lint_literals(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Give string literals inside Jinja that read as text: ``submit("Bewaar")``."""
    stack: list[nodes.Node] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Compare | nodes.Getitem | nodes.Test):
            continue
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKERS:
            if node.args and isinstance(node.args[0], nodes.Concat | nodes.Add | nodes.Mod):
                yield node.lineno, f"{node.node.name}() takes one literal text and named values"
            stack += [pair.value for pair in node.kwargs]
            continue
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and _reads_as_text(node.value):
            yield node.lineno, f"text outside the catalogues: {_short(node.value)!r}"
        stack += list(node.iter_child_nodes())


_PLAIN_WORDS = re.compile(r"[^\W\d_]+[,.!?:'’]*(?: [^\W\d_]+[,.!?:'’]*)+")
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[ ,.!?:].*)?", re.DOTALL)


def _reads_as_text(value: str) -> bool:
    """Tell text from names: it starts with a capital, or is words with spaces and nothing technical."""
    value = value.replace(_EXPRESSION, "").strip()
    return bool(_CAPITALISED.fullmatch(value) or _PLAIN_WORDS.fullmatch(value)) and _is_text(value)


# --- Python

_TEXT_CALLS = {"ValidationError", "StopValidation", "flash", "Label"}
_TEXT_KEYWORDS = {"label", "description", "message", "title", "hint", "heading", "notice"}
_DUTCH = re.compile(r"(?<![\w-])(?:een|het|uw|niet|wij|kunt|deze|geen|bent|heeft|naar|dit|zijn|u)(?![\w-])", re.IGNORECASE)
_SQL = re.compile(r"\b(?:select|insert|update|delete|create|alter|grant|revoke|from|where|set)\b", re.IGNORECASE)


def lint_python(source: str) -> Iterator[tuple[int, str]]:
    """Give (line, what) for texts of forms and Dutch sentences in Python outside ``_()``."""
    tree = ast.parse(source)
    marked: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in MARKERS:
            marked.update(id(part) for argument in node.args for part in ast.walk(argument))
            if node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                yield node.lineno, f"{_name(node.func)}() takes one literal text and named values"
    marked |= _documentation(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for text in _form_texts(node):
                if id(text) not in marked:
                    marked.add(id(text))
                    yield text.lineno, f"text outside the catalogues: {text.value!r}"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in marked:
            continue
        if " " in node.value.strip() and _DUTCH.search(node.value) and not _SQL.search(node.value):
            yield node.lineno, f"Dutch outside the catalogues: {_short(node.value)!r}"


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _form_texts(call: ast.Call) -> Iterator[ast.Constant]:
    name = _name(call.func)
    field = name.endswith("Field")
    values = [keyword.value for keyword in call.keywords if keyword.arg in _TEXT_KEYWORDS]
    if call.args and (field or name in _TEXT_CALLS):
        values.append(call.args[0])
    if field:
        values += [keyword.value for keyword in call.keywords if keyword.arg == "choices"]
    for value in values:
        parts = [value]
        if isinstance(value, ast.List | ast.Tuple):
            parts = [pair.elts[1] for pair in value.elts if isinstance(pair, ast.Tuple) and len(pair.elts) > 1]
        for part in parts:
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and _reads_as_text(part.value):
                yield part


def _documentation(tree: ast.Module) -> set[int]:
    """Give the strings that stand alone as a statement: docstrings and notes under a constant."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


# --- scripts

_SCRIPT = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)",
    re.DOTALL,
)


def lint_script(source: str) -> Iterator[tuple[int, str]]:
    """Give (line, what) for Dutch in a script: its texts come from the page, in data attributes."""
    for match in _SCRIPT.finditer(source):
        text = match.group("text")
        if text and " " in text and _DUTCH.search(text):
            yield source.count("\n", 0, match.start()) + 1, f"Dutch in a script: {_short(text)!r}"
