"""The colours of the theme: text at least 4.5:1, edges of controls and the focus at least 3:1 (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
THEME = (CSS / "theme.css").read_text(encoding="utf-8")

TEXT = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "calm"), ("ink", "careful"), ("ink", "wrong"), ("ink", "well"),
    ("soft-ink", "paper"), ("soft-ink", "surface"), ("soft-ink", "calm"),
    ("link", "paper"), ("link", "surface"), ("link", "calm"), ("link", "careful"), ("link", "wrong"), ("link", "well"),
    ("green-deep", "paper"), ("green-deep", "surface"), ("green-deep", "calm"),
    ("on-green", "green"), ("on-green", "green-deep"), ("on-leave", "leave"),
    ("red", "paper"), ("red", "surface"), ("red", "wrong"),
]  # fmt: skip
SHAPES = [
    ("edge", "paper"), ("edge", "surface"), ("green", "paper"), ("green", "surface"), ("red", "surface"),
    ("good", "well"), ("green", "calm"), ("focus", "paper"), ("focus", "surface"), ("focus", "calm"), ("focus", "halo"),
]  # fmt: skip


def _palette(dark: bool) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", THEME, re.DOTALL)
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[0]))
    return light | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[1])) if dark else light


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_can_be_read(front: str, ground: str, dark: bool) -> None:
    palette = _palette(dark)
    assert contrast(palette[front], palette[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), SHAPES)
def test_shapes_can_be_seen(front: str, ground: str, dark: bool) -> None:
    palette = _palette(dark)
    assert contrast(palette[front], palette[ground]) >= 3


def test_both_palettes_name_the_same_colours() -> None:
    blocks = re.findall(r":root \{(.*?)\}", THEME, re.DOTALL)
    names = [{name for name, _ in re.findall(r"--([a-z-]+): (#\w+);", block)} for block in blocks[:2]]
    assert names[0] == names[1]


def test_only_the_theme_names_colours() -> None:
    site = (CSS / "site.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", site) == []


def test_only_logical_directions() -> None:
    site = (CSS / "site.css").read_text(encoding="utf-8")
    physical = r"(?:margin|padding|border)-(?:left|right|top|bottom)|[{;\s](?:left|right|top|bottom|float)\s*:|text-align: (?:left|right)"
    assert re.findall(physical, site) == []
