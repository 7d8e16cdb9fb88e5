"""What the tests of the guide share: the full example, a catalogue of rules, and loading from text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from msglint.guide.load import load_guide
from msglint.guide.model import Guide
from msglint.model import InputInvalid, Language, Option, Source, Text

FOLDER = Path(__file__).parent / "fixtures" / "guide"
EXAMPLE = (FOLDER / "messaging.yaml").read_bytes()
HEAD = "version: 1\nname: 試験用\n"

ABOUT = Text("説明", "about")
CATALOGUE = {
    "banned-phrase": (),
    "claim-missing": (),
    "near-duplicate": (Option("similarity", Decimal, Decimal("0.95"), ABOUT),),
    "register": (),
    "term-variant": (
        Option("spellings", bool, True, ABOUT),
        Option("least", int, 2, ABOUT),
        Option("skip", tuple, (), ABOUT),
        Option("style", str, "any", ABOUT),
    ),
}


def load(text: str | bytes, files: Mapping[str, str | bytes] | None = None, path: str = "messaging.yaml") -> Guide:
    """Load a guide whose `extends` finds `files` by their paths as displayed."""
    content = text if isinstance(text, bytes) else text.encode()

    def read(wanted: str) -> bytes:
        if wanted not in (files or {}):
            raise FileNotFoundError(wanted)
        found = (files or {})[wanted]
        return found if isinstance(found, bytes) else found.encode()

    return load_guide(Source(path, content), catalogue=CATALOGUE, read=read)


def problems(
    text: str | bytes, files: Mapping[str, str | bytes] | None = None, language: Language = "en", path: str = "g.yaml"
) -> list[str]:
    """Return the lines that an unusable guide gives, none when it is fine."""
    try:
        load(text, files, path)
    except InputInvalid as e:
        return [problem.line_in(language) for problem in e.problems]
    return []
