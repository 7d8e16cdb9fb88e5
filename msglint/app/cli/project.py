"""The guide, the rules and the day that a command works with."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.app.cli.files import Ground, find_guide, relative
from msglint.app.cli.options import as_day
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable, nearest, reason
from msglint.guide.model import Guide
from msglint.model import Environment, Source, Text

if TYPE_CHECKING:
    from msglint.rule import Rule

TODAY = "MSGLINT_TODAY"
_ENGLISH = re.compile(rb"^language[ \t]*:[ \t]*[\"']?en\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Project:
    """A loaded guide with its place, the rules there are, and what they need from outside."""

    ground: Ground
    guide: Guide
    rules: tuple[Rule, ...]
    environment: Environment


def open_project(speaker: Speaker, named_guide: str | None, working: Path | None = None) -> Project:
    """Find and load the guide; the speaker takes on its language. Paths are told from `working` (None: where one is).

    Raises Unusable when there is none, InputInvalid with all its problems when it cannot be used.
    """
    from msglint.guide.load import load_guide
    from msglint.rule import catalogue, discover

    working = working or working_folder()
    day = today()
    file = find_guide(working, named_guide)
    shown = relative(os.path.normpath(file), working)
    content = read_named(file, Text(f"ガイド {shown}", f"the guide {shown}"))
    speaker.guide_language = "en" if _ENGLISH.search(content) else "ja"  # for what is wrong with the guide
    guide = load_guide(
        Source(shown, content),
        catalogue=catalogue(discover()),
        read=lambda path: (working / path).read_bytes(),
        plugins=lambda: catalogue(_with_plugins()),
    )
    speaker.guide_language = guide.language
    speaker.detail(Text(f"ガイド: {shown}", f"guide: {shown}"))
    ground = Ground(working, Path(os.path.normpath(file)).parent)
    rules = _with_plugins() if guide.plugins else discover()
    return Project(ground, guide, rules, Environment(day, speaker.language))


@functools.cache
def _with_plugins() -> tuple[Rule, ...]:
    from msglint.rule import discover

    try:
        return discover(plugins=True)
    except Exception as error:  # what an installed package may raise is anybody's guess
        raise Unusable(f"プラグインを読み込めません: {error}", f"The plugins cannot be loaded: {error}") from error


def working_folder() -> Path:
    """Return the folder the user is in."""
    try:
        return Path.cwd()
    except OSError as error:
        raise Unusable(
            f"今いるフォルダーを使えません。{reason(error).ja}", f"The working folder is gone. {reason(error).en}"
        ) from error


def read_named(file: Path, called: Text) -> bytes:
    """Return the bytes of `file`, which messages call `called`; raises Unusable."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unusable(
            f"{called.ja} を読めません。{reason(error).ja}", f"Cannot read {called.en}. {reason(error).en}"
        ) from error


def today() -> date:
    """Return the day that dates are judged by; raises Unusable for a MSGLINT_TODAY that is no day."""
    given = os.environ.get(TODAY)
    if not given:
        return date.today()
    if day := as_day(given):
        return day
    raise Unusable(
        f"環境変数 {TODAY} の {given} は日付ではありません。2026-11-01 のように書いてください。",
        f"The variable {TODAY} is {given}, which is no day. Write it like 2026-11-01.",
    )


def selected(
    rules: tuple[Rule, ...], select: Sequence[Sequence[str]], ignore: Sequence[Sequence[str]]
) -> tuple[Rule, ...]:
    """Return `rules` as `--select` and `--ignore` leave them; raises Unusable for a name that no rule has."""
    wanted, unwanted = ({name for names in given for name in names} for given in (select, ignore))
    ids = [rule.id for rule in rules]
    for name in sorted(wanted | unwanted):
        if name not in ids:
            raise missing_rule(name, ids)
    return tuple(rule for rule in rules if rule.id not in unwanted and (rule.id in wanted or not wanted))


def runnable(
    project: Project, rules: Sequence[Rule], select: Sequence[Sequence[str]], speaker: Speaker
) -> tuple[Rule, ...]:
    """Return those of `rules` whose library is installed, and say which are left out.

    Raises Unusable for one that is selected by name.
    """
    from importlib.util import find_spec

    lacking = [rule for rule in rules if rule.needs and find_spec(rule.needs) is None]
    for rule in lacking:
        text = Text(
            f"ルール {rule.id} は、{rule.needs} が入っていないため検査しません。",
            f"The rule {rule.id} is not run: {rule.needs} is not installed.",
        )
        if any(rule.id in names for names in select):
            raise Unusable(*text)
        if project.guide.setting(rule.id).severity != "off":
            speaker.line(text.in_(speaker.language))
    return tuple(rule for rule in rules if rule not in lacking)


def missing_rule(name: str, known: Sequence[str]) -> Unusable:
    """Return what to say of a rule that msglint does not have."""
    close = nearest(name, known)
    return Unusable(
        f"{name} というルールはありません。{close.ja}一覧は msglint rules で見られます。",
        f"There is no rule {name}.{close.en} See msglint rules.",
    )
