"""All pictures of a sweep on one page, without script: links choose a language, a table names what is wrong."""

from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from portal.i18n import LANGUAGES
from tests.sweep.kept import Results
from tests.sweep.turns import Turn

_STYLE = """
body { font: 1rem/1.5 sans-serif; margin: 1rem; color: #222; background: #fff; }
nav a { margin-inline-end: 1rem; }
main:has(section:target) section:not(:target) { display: none; }
.row { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: start; }
figure { margin: 0; font-size: 0.75rem; }
figure img { display: block; block-size: 16rem; max-inline-size: 24rem; object-fit: cover; object-position: top; border: 1px solid #999; }
.wrong img { border: 4px solid #a00; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f3f3; padding: 0.5rem; }
"""


def write_sheet(path: Path, turns: list[Turn], results: Results, report: str) -> None:
    """Writes the page; the pictures are in the folder ``pictures`` beside it."""
    parts = [f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Sweep</title><style>{_STYLE}</style><h1>Sweep</h1>']
    parts.append(f"<pre>{escape(report)}</pre><nav><a href='#'>all languages</a>")
    used = [code for code in LANGUAGES if any(turn.language == code for turn in turns)]
    parts += [f'<a href="#{code}">{code}</a>' for code in used]
    parts.append("</nav><main>")
    for code in used:
        parts.append(f'<section id="{code}"><h2>{escape(LANGUAGES[code].name)}</h2>')
        of_language = [turn for turn in turns if turn.language == code]
        for state, group in groupby(of_language, key=lambda turn: turn.state.id):
            parts.append(f'<h3>{escape(state)}</h3><div class="row">')
            parts += [_picture(turn, results) for turn in group]
            parts.append("</div>")
        parts.append("</section>")
    path.write_text("\n".join([*parts, "</main></html>"]), encoding="utf-8")


def _picture(turn: Turn, results: Results) -> str:
    result = results[turn.name]
    label = f"{turn.width} {turn.colours}"
    if result is None or not result.visited:
        return f"<figure>{label}: not visited</figure>"
    address = quote(f"pictures/{turn.name}.png")
    said = f"<figcaption>{label}" + "".join(f"<br>{escape(problem)}" for problem in result.problems) + "</figcaption>"
    return (
        f'<figure class="{"wrong" if result.problems else "good"}"><a href="{address}">'
        f'<img src="{address}" alt="{escape(turn.name)}" loading="lazy"></a>{said}</figure>'
    )
