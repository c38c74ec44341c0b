"""What every page must be: open to everybody, valid, no wider than a telephone, and silent about who is on it."""

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from portal.assets import ROOT, npm

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_TARGET = 24
"""CSS pixels, WCAG 2.2, 2.5.8."""
_AXE = Axe()

_LOOK = """(smallest) => {
  const seen = (one) => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && style.clipPath === "none";
  };
  const name = (one) => one.outerHTML.slice(0, 160);
  // In a sentence the line decides how high a link is: there is text beside it in the same line of text.
  const inText = (one) => {
    if (getComputedStyle(one).display !== "inline") return false;
    const around = one.closest("p, li, dd, td, th, legend, h1, h2, h3") || one.parentElement;
    return around.textContent.trim().length > one.textContent.trim().length;
  };
  const small = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => seen(one) && !inText(one))
    .filter((one) => {
      // The whole of a label is a target for its field.
      const boxes = [one, ...(one.labels || [])].map((part) => part.getBoundingClientRect());
      return Math.max(...boxes.map((b) => b.height)) < smallest || Math.max(...boxes.map((b) => b.width)) < smallest;
    }).map(name);
  const order = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return seen(one) && !one.closest(".scroll-x") && (box.right > innerWidth + 1 || box.left < -1);
  }).map(name);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return {
    headings: [...document.querySelectorAll("h1")].filter(seen).length,
    title: document.title,
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    scrolls: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    wide, small,
    leave: order.findIndex((one) => one.id === "weg"),
    help: document.querySelectorAll("footer .help-block a[href^='tel:']").length,
    doubleIds: ids.filter((one, place) => ids.indexOf(one) !== place),
  };
}"""


# WCAG 1.4.12: what a reader may do to any page. Not in a style element, which our policy would refuse.
_SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
  const cut = [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
    const style = getComputedStyle(one);
    return one.clientHeight > 8 && style.overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1;
  }).map((one) => one.outerHTML.slice(0, 160));
  const scrolls = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  document.adoptedStyleSheets = [];
  return { cut, scrolls };
}"""


def spaced(page: Page) -> dict[str, Any]:
    """What happens when a reader sets letters, words and lines wider apart: what is cut off, and by how much the page is too wide."""
    seen: dict[str, Any] = page.evaluate(_SPACE)
    return seen


# Each line of words has to stand in every box around it; what can be scrolled has its own. Words that are typed are the browser's.
_RUN_OUT = """(word) => {
  const apart = "select, textarea, script, style, svg, .visually-hidden, .utrecht-skip-link";
  const texts = [], before = [], found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (walk.currentNode.data.trim() && !walk.currentNode.parentElement.closest(apart)) texts.push(walk.currentNode);
  if (word) for (const text of texts) {
    before.push(text.data);
    text.data = text.data.replace(/\\p{L}+/u, word);
  }
  for (const text of texts) {
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()].filter((line) => line.width > 0);
    for (let box = text.parentElement; box && !box.matches(".scroll-x, html"); box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      if (["inline", "contents"].includes(style.display)) continue;
      if (lines.some((line) => line.left < edge.left - 1 || line.right > edge.right + 1)) {
        found.push(`${text.data.trim().slice(0, 60)} in ${box.outerHTML.slice(0, 160)}`);
        break;
      }
      if (style.position === "fixed") break;
    }
  }
  const scrolls = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  before.forEach((data, place) => { texts[place].data = data; });
  return scrolls > 0 ? [...found, `the page, by ${scrolls} pixels`] : found;
}"""
LONG_DUTCH = "Arbeidsongeschiktheidsverzekeringsmaatschappij"


def words_that_run_out(page: Page, word: str = "") -> list[str]:
    """Which words don't stay in their box or on the page; ``word`` stands in each text for a while. Empty is good."""
    found: list[str] = page.evaluate(_RUN_OUT, word)
    return found


# Each control in turn gets the focus; its outline has to differ from the ground it stands on (WCAG 2.4.7, 1.4.11).
_FOCUS = """() => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const clear = (colour) => numbers(colour).length > 3 && numbers(colour)[3] === 0;
  const light = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) if (!clear(getComputedStyle(at).backgroundColor)) return getComputedStyle(at).backgroundColor;
    return "rgb(255, 255, 255)";
  };
  const unseen = [];
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    one.focus({ preventScroll: true });
    if (document.activeElement !== one) continue;
    const style = getComputedStyle(one);
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !clear(style.outlineColor);
    if (!drawn || contrast(style.outlineColor, ground(one.parentElement)) < 3) unseen.push(one.outerHTML.slice(0, 160));
  }
  document.activeElement?.blur();
  return unseen;
}"""

# With forced colours a ground says nothing any more: what can be pressed or filled in has a border, or a line under its words.
_EDGES = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "Canvas";
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  return [...document.querySelectorAll("button, .utrecht-button, .leave, input:not([type=hidden]), select, textarea")].filter((one) => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (!box.width || !box.height || one.matches("[aria-current]")) return false;
  const drawnByTheBrowser = ["checkbox", "radio"].includes(one.type) && style.appearance !== "none";
  const underlined = style.textDecorationLine.includes("underline");
  const border = style.borderBlockEndStyle !== "none" && parseFloat(style.borderBlockEndWidth) >= 1
    && style.borderBlockEndColor !== canvas;
  return !drawnByTheBrowser && !underlined && !border;
  }).map((one) => one.outerHTML.slice(0, 160));
}"""


# Forced colours leave a drawing its own colour, and whatever says that it wants to keep its own: dark green on somebody's black.
_OWN_COLOURS = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (!box.width || !box.height) return false;
  if (one instanceof SVGSVGElement) return style.color !== getComputedStyle(one.parentElement).color;
  return !one.closest("svg") && style.forcedColorAdjust !== "auto";
}).map((one) => one.outerHTML.slice(0, 160))"""


def own_colours(page: Page) -> list[str]:
    """What keeps a colour of ours when a reader's own colours are forced; empty is good."""
    found: list[str] = page.evaluate(_OWN_COLOURS)
    return found


def unseen_focus(page: Page) -> list[str]:
    """What can have the focus and doesn't show it; empty is good. A key must have been pressed, or browsers show no focus."""
    found: list[str] = page.evaluate(_FOCUS)
    return found


def without_edge(page: Page) -> list[str]:
    """Controls that only their ground told apart, which a reader's own colours take away; empty is good."""
    found: list[str] = page.evaluate(_EDGES)
    return found


def look(page: Page) -> dict[str, Any]:
    """Measures a page as it stands in the browser; keys as in the script above."""
    seen: dict[str, Any] = page.evaluate(_LOOK, SMALLEST_TARGET)
    return seen


def bring_axe(context: BrowserContext) -> None:
    """Lays axe-core ready in each page of a browser, so that half a megabyte isn't sent again for each; it doesn't run before it is asked for."""
    context.add_init_script(f"window.startAxe = () => {{ {_AXE.axe_script}\n }};")


def barriers(page: Page, only: Iterable[str] = (), without: Iterable[str] = ()) -> list[str]:
    """What axe-core finds against WCAG 2.0 to 2.2, levels A and AA; empty is good. ``only`` and ``without`` name rules of axe."""
    # Once per page, not once per look at it.
    if not page.evaluate("'axe' in window || ('startAxe' in window && (startAxe(), 'axe' in window))"):
        page.evaluate(_AXE.axe_script)
    rules = {"type": "rule", "values": list(only)} if only else RULES
    options = {"runOnly": rules, "resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
    found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [f"{one['id']}: {node['html'][:200]} — {node.get('failureSummary', '')[:300]}" for one in found for node in one["nodes"]]


def strangers(source: str, own: str) -> list[str]:
    """Addresses of other sites that a page names as a source, a target or a link; empty is good."""
    found = re.findall(r"""(?:src|href|action|poster|content|data-[a-z-]+)\s*=\s*["']((?:https?:|wss?:)?//[^"']*)""", source, re.IGNORECASE)
    return [address for address in found if not address.startswith(own)]


def invalid(folder: Path) -> list[str]:
    """What html-validate says of all pages in a folder, with its recommended rules; empty is good.

    One rule is off: our style sheet keeps a telephone number on one line, and a non-breaking hyphen in it can't be dialled.
    One is wider: checkboxes of one question share a name, as radio buttons do.
    """
    config = Path(__file__).with_name("html-validate.json")
    command = [npm()[0], str(ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs")]
    report = folder / "report.json"
    # Into a file: the program ends before a pipe has taken all it says.
    with report.open("w", encoding="utf-8") as out:
        subprocess.run(
            [*command, "--config", str(config), "--formatter", "json", str(folder / "*.html")],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, check=False, timeout=600,
        )  # fmt: skip
    said = report.read_text(encoding="utf-8")
    if not said.startswith("["):
        raise AssertionError(said)
    return [
        f"{Path(page['filePath']).name}:{complaint['line']} {complaint['ruleId']}: {complaint['message']}"
        for page in json.loads(said)
        for complaint in page["messages"]
    ]
