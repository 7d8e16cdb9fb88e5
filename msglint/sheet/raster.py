"""Drawings as pictures, for formats that cannot hold drawings."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from msglint.sheet.fonts import Family

_SHARPNESS = 192.0
"""Dots per inch."""
_PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def png(svg: str, found: Sequence[Family]) -> bytes:
    """Return a drawing as PNG, twice as sharp as on a screen, its text in the families `found`."""
    import typst

    folders = dict.fromkeys(str(Path(f.regular[0]).parent) for f in found)
    fonts = _fonts(tuple(folders))
    made = typst.Compiler(_PAGE.encode(), font_paths=fonts).compile(
        format="png", ppi=_SHARPNESS, sys_inputs={"svg": svg}
    )
    return made if isinstance(made, bytes) else made[0]  # type: ignore[index]


@functools.lru_cache(maxsize=2)
def _fonts(folders: tuple[str, ...]):  # type: ignore[no-untyped-def]
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
