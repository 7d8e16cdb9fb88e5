"""Fonts that Japanese can be printed with: found on this machine, and what they have glyphs for."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.model import Text
from msglint.sheet.model import Unrenderable

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ORDER = (
    "BIZ UDPGothic", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic", "YuGothic",
    "Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic",
)  # fmt: skip
"""The families that are looked for; the first one found is used, the others lend it glyphs that it lacks."""
SYMBOLS = (
    "Noto Sans Symbols 2", "Noto Emoji", "Noto Color Emoji", "Segoe UI Symbol", "Segoe UI Emoji", "Apple Symbols",
    "Apple Color Emoji", "DejaVu Sans",
)  # fmt: skip
"""Families that lend signs only, after those of Japanese."""
PACKAGES = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold", "matplotlib_fontja")
"""Installable packages that carry a font file."""
_ENGLISH = {
    "BIZ UDPゴシック": "BIZ UDPGothic",
    "BIZ UDゴシック": "BIZ UDGothic",
    "ヒラギノ角ゴシック": "Hiragino Sans",
    "ヒラギノ角ゴ ProN": "Hiragino Kaku Gothic ProN",
    "游ゴシック": "Yu Gothic",
    "メイリオ": "Meiryo",
    "IPAexゴシック": "IPAexGothic",
}
_BOLD = 600
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Family:
    """A font family on this machine: its name, and the file and index in it of its regular and its bold face.

    `bold` is None for a family without one.
    """

    name: str
    regular: tuple[str, int]
    bold: tuple[str, int] | None = None


def families(wanted: str | None) -> tuple[Family, ...]:
    """Return the families to print with, the first before all: `wanted` if given, else the first of ORDER.

    Raises Unrenderable when `wanted` is not on this machine, or none of ORDER is.
    """
    there = _there()
    if wanted and english(wanted).casefold() not in there:
        raise Unrenderable(
            Text(
                f"ガイドの brand.font にある書体「{wanted}」が、このパソコンにありません。書体を入れるか、"
                "brand.font を消してください(消すと、見つかった日本語の書体で作ります)。",
                f'The font "{wanted}" of the guide\'s brand.font is not on this machine. Install it, or remove '
                "brand.font to use whatever Japanese font is found.",
            )
        )
    names = dict.fromkeys(name.casefold() for name in (english(wanted or ORDER[0]), *ORDER))
    found = [there[name] for name in names if name in there]
    if not found:
        raise Unrenderable(
            Text(
                "PDFに使える日本語の書体がありません。BIZ UDPゴシックを入れるか、"
                "pip install 'msglint[sheets]' を実行してください。",
                "There is no Japanese font for PDF. Install BIZ UDPGothic, or run pip install 'msglint[sheets]'.",
            )
        )
    return (*found, *(there[name.casefold()] for name in SYMBOLS if name.casefold() in there))


def english(name: str) -> str:
    """Return the name that a family is listed under, for its Japanese or English name."""
    return _ENGLISH.get(name.strip(), name.strip())


def require_glyphs(text: str, among: Sequence[Family]) -> None:
    """Raise Unrenderable, naming the characters, when none of the families has a glyph for some of `text`."""
    lacking = [c for c in dict.fromkeys(text) if not _unprinted(c) and not any(ord(c) in glyphs(f) for f in among)]
    if lacking:
        named = [f"{c}(U+{ord(c):04X})" for c in lacking[:_SHOWN]]
        more = len(lacking) - len(named)
        raise Unrenderable(
            Text(
                f"書体にない文字があり、PDFにできません: {'、'.join(named)}{f' ほか{more}字' if more else ''}。"
                f"別の文字に替えるか、この文字を含む書体を入れてください(使った書体: {among[0].name})。",
                f"No font has these characters: {', '.join(named)}{f' and {more} more' if more else ''}. "
                f"Use others, or install a font that has them (used: {among[0].name}).",
            )
        )


def _unprinted(character: str) -> bool:
    """Whether a character has no look of its own: blanks, joiners, selectors of a variant, line ends."""
    code = ord(character)
    return character.isspace() or code in (0x200B, 0x200C, 0x200D, 0x2060, 0x3000, 0xFEFF) or (
        0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    )  # fmt: skip


@functools.cache
def glyphs(family: Family) -> frozenset[int]:
    """Return the code points that a family has glyphs for."""
    return frozenset(_open(*family.regular).getBestCmap())


class Measure:
    """Tells how wide text is, by a family's own widths; without a family by the width of the characters' kind."""

    def __init__(self, family: Family | None) -> None:
        self._known = dict[str, float]()
        self._texts = dict[str, float]()
        self._font = _open(*family.regular) if family else None
        self._names = self._font.getBestCmap() if self._font else {}
        self._unit = self._font["head"].unitsPerEm if self._font else 1

    def width(self, text: str) -> float:
        """Return the width of `text` in one line, in ems."""
        if text not in self._texts:
            self._texts[text] = sum(self._known.get(c) or self._of(c) for c in text)
        return self._texts[text]

    def _of(self, character: str) -> float:
        name = self._names.get(ord(character))
        wide = _guessed(character) if name is None or self._font is None else self._font["hmtx"][name][0] / self._unit
        self._known[character] = wide
        return float(wide)


def _guessed(character: str) -> float:
    from unicodedata import east_asian_width

    return 1.0 if east_asian_width(character) in "FWA" else 0.6


@functools.cache
def measure(wanted: str | None) -> Measure:
    """Return what measures text in `wanted` or, where that is not on this machine, in a font like it."""
    try:
        return Measure(families(wanted)[0])
    except Unrenderable:
        there = _there()
        return Measure(next((there[n.casefold()] for n in ORDER if n.casefold() in there), None))


@functools.lru_cache(maxsize=8)
def _open(path: str, index: int) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(path, fontNumber=index, lazy=True)


@functools.cache
def _there() -> dict[str, Family]:
    """Return all families on this machine by their name in small letters."""
    import typst

    found = dict[str, dict[bool, tuple[int, tuple[str, int]]]]()
    names = dict[str, str]()
    listed = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=list(_packaged()))
    for face in listed.fonts():
        if face.path is None or face.style != "normal" or face.stretch != 1:
            continue
        names.setdefault(face.family.casefold(), face.family)
        bold = face.weight >= _BOLD
        distance = abs(face.weight - (700 if bold else 400))
        kept = found.setdefault(face.family.casefold(), {})
        kept[bold] = min(kept.get(bold, (1000, ("", 0))), (distance, (face.path, face.index)))
    return {
        key: Family(names[key], (faces.get(False) or faces[True])[1], faces[True][1] if True in faces else None)
        for key, faces in sorted(found.items())
    }


def _packaged() -> Iterable[str]:
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations if spec else None) or ():
            yield from (str(f) for f in (Path(folder), Path(folder) / "fonts") if f.is_dir())
