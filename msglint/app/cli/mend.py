"""Fixes one article until nothing changes, and shows the difference."""

from __future__ import annotations

import codecs
import difflib
import io
from dataclasses import dataclass

from msglint.app.cli.files import Article
from msglint.app.cli.project import Project
from msglint.model import Diagnostic, InputInvalid, Problem, Source, Text

_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Mended:
    """An article before and after its fixes (as bytes, with their BOM), and how many places were fixed."""

    article: Article
    before: bytes
    after: bytes
    places: int


def mend(article: Article, project: Project) -> Mended:
    """Put the safe fixes of `project.rules` into `article`, and those that these make possible.

    Raises OSError when it cannot be read, InputInvalid when it is no text, when the fixes would spoil what msglint
    reads in it, and when they undo each other.
    """
    from msglint.engine import applicable

    before = source = article.read()
    places = 0
    for _ in range(_ROUNDS):
        diagnostics = _look(source, project)
        chosen = len(applicable(diagnostics))
        if not chosen:
            _require_sound(before, source)
            return Mended(article, before.content, source.content, places)
        source = source._replace(content=_put_in(source.content, diagnostics))
        places += chosen
    raise _refused(
        article.path,
        "修正を繰り返しても終わりません。ガイドの用語が互いに書き換え合っていないか確かめてください。",
        "The fixes never come to an end. See whether entries of the guide undo each other.",
    )


def _look(source: Source, project: Project) -> tuple[Diagnostic, ...]:
    from msglint.analysis.view import Sudachi
    from msglint.engine import lint

    return lint(
        source, project.guide, rules=project.rules, analyzer=Sudachi(), environment=project.environment
    ).diagnostics


def _put_in(content: bytes, diagnostics: tuple[Diagnostic, ...]) -> bytes:
    from msglint.engine import fixed

    bom = content.startswith(codecs.BOM_UTF8)
    text = fixed(content.decode("utf-8-sig"), diagnostics, bom=bom)
    return codecs.BOM_UTF8 * bom + text.encode()


def _require_sound(before: Source, after: Source) -> None:
    """Raise InputInvalid unless the article reads as well as it did: its front matter and its sales tags."""
    from msglint.document.parse import parse

    old, new = parse(before), parse(after)
    worse = bool(old.front) != bool(new.front) or len(new.tag_problems) > len(old.tag_problems)
    if worse or (old.front and new.front and len(new.front.problems) > len(old.front.problems)):
        raise _refused(
            before.path,
            "修正すると front matter やタグが壊れるため、書き込みませんでした。手で直してください。",
            "Not written: the fixes would break the front matter or a tag. Fix it by hand.",
        )


def _refused(path: str, ja: str, en: str) -> InputInvalid:
    return InputInvalid(Problem(path, 1, 1, Text(ja, en)))


def difference(mended: Mended) -> str:
    """Return what changed as a unified diff that `patch -p1` takes; only a line feed ends a line."""
    name = mended.article.path
    lines = difflib.unified_diff(_lines(mended.before), _lines(mended.after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(content: bytes) -> list[str]:
    return io.StringIO(content.decode("utf-8"), newline="\n").readlines()
