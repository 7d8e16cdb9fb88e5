"""Makes the report of a month or a quarter, and prints it or writes it to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msglint.app.cli.output import print_data, print_text, require_folder, write_named
from msglint.app.cli.speech import Speaker
from msglint.app.cli.store import open_loop
from msglint.model import Language, Text

if TYPE_CHECKING:
    from msglint.loop.review import Monthly, Quarterly

_BY_SUFFIX = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Call:
    """The options of one call."""

    kind: Literal["monthly", "quarterly"]
    period: str
    guide: str | None = None
    format: str | None = None
    output: str | None = None
    sheets: str = "dist"


def run(speaker: Speaker, call: Call) -> int:
    """Make the report and return 0; raises Unusable."""
    require_folder(call.output)
    with open_loop(speaker, call.guide) as loop:
        from msglint.app.cli.holdings import holdings
        from msglint.loop import review
        from msglint.loop.store import reading

        (review.month if call.kind == "monthly" else review.quarter)(call.period)  # refused before any work is done
        with reading(loop.engine) as connection:
            known = holdings(loop.project, Path(call.sheets))
            book = review.read_book(connection, loop.handoff, loop.clock(), loop.now, known)
        made = review.monthly(book, call.period) if call.kind == "monthly" else review.quarterly(book, call.period)
    _give(encoded(made, _form(call), speaker.language), call, speaker)
    return 0


def encoded(made: Monthly | Quarterly, form: str, language: Language) -> str:
    """Return the report in one of the forms."""
    from msglint.loop import review

    match form:
        case "html":
            return review.html(made, language)
        case "markdown":
            return review.markdown(made, language)
        case "json":
            import json

            return json.dumps(review.as_json(made), ensure_ascii=False, indent=2) + "\n"
    return review.text(made, language)


def _form(call: Call) -> str:
    by_suffix = _BY_SUFFIX.get(Path(call.output).suffix.lower(), "text") if call.output else "text"
    return call.format or by_suffix


def _give(text: str, call: Call, speaker: Speaker) -> None:
    if call.output is None:
        (print_text if _form(call) == "text" else print_data)(text)
        return
    write_named(Path(call.output), text.encode("utf-8", "replace"))
    speaker.note(Text(f"{call.output} に書きました。", f"Written to {call.output}."))
