"""`msglint init`: writes a first guide from the articles that are there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msglint.app.cli import options
from msglint.app.cli.examine import Effort, examine_sources
from msglint.app.cli.files import GUIDE, Ground, Listing, asked_articles, content_articles, read_articles, relative
from msglint.app.cli.output import print_text, write_named
from msglint.app.cli.project import Project, today, working_folder
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.unusable import Unusable
from msglint.guide.model import Guide
from msglint.model import Environment, Problem, Source, Text

if TYPE_CHECKING:
    from msglint.start.proposal import Proposal

DONE, UNUSABLE = 0, 2
_MEASURED = "fact-unregistered"
_ASKED = frozenset({"term-variant", "figure-conflict", _MEASURED})
"""The rules that tell how articles spell their words, which figures they give, and which of these were measured."""
_NOTICES = frozenset("readme changelog contributing license code_of_conduct security".split())
"""What stands at the top of a repository and is no article."""


@click.command(
    "init",
    cls=Command,
    about=Text(
        f"今いるフォルダーの記事を読み、最初の {GUIDE} を書きます。\n"
        "PATH はファイルかフォルダーです。何も指定しなければ、このフォルダーの下の記事をすべて読みます。\n"
        f"すでに {GUIDE} があるときは、何も変えずに終わります。",
        f"Reads the articles of the working folder and writes a first {GUIDE}.\n"
        "PATH is a file or a folder. With none, all articles below the working folder are read.\n"
        f"Where there is a {GUIDE} already, nothing is changed.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@options.common
@click.pass_obj
def init(speaker: Speaker, paths: tuple[str, ...]) -> int:
    """Write the guide, say what it was made of, and return the exit status."""
    working = working_folder()
    _require_free(working)
    project = _project(Ground(working, working), speaker)
    listing = _listed(paths, project)
    problems = [*listing.problems]
    if paths and not listing.articles:
        for problem in problems:
            speaker.problem(problem)
        return UNUSABLE
    found = _proposed(project, listing, _folders(paths, working), problems, speaker)
    for problem in problems:
        speaker.problem(problem)
    from msglint.start.text import guide_text

    _require_free(working)
    name = os.fsencode(working.name).decode("utf-8", "replace")
    write_named(working / GUIDE, guide_text(found, name, speaker.language).encode("utf-8", "replace"))
    if not speaker.quiet:
        print_text(f"{_told(found).in_(speaker.language)}\n")
    return UNUSABLE if problems else DONE


def _require_free(folder: Path) -> None:
    if os.path.lexists(folder / GUIDE):
        raise Unusable(
            f"{GUIDE} がすでにあります。作り直すときは、先に名前を変えるか移してください。",
            f"There is a {GUIDE} already. To make a new one, rename or move it first.",
        )


def _project(ground: Ground, speaker: Speaker) -> Project:
    """Return what the engine needs where no guide is: one that says nothing."""
    from msglint.rule import discover
    from msglint.start.observed import OBSERVING

    rules = (*(rule for rule in discover() if rule.id in _ASKED), OBSERVING)
    return Project(ground, _guide("{version: 1, name: -}"), rules, Environment(today(), speaker.language))


def _guide(text: str) -> Guide:
    from msglint.guide.load import load_guide

    return load_guide(Source(GUIDE, text.encode()), catalogue={}, read=_nothing_else)


def _nothing_else(path: str) -> bytes:
    raise FileNotFoundError(path)


def _listed(paths: Sequence[str], project: Project) -> Listing:
    """List the articles; raises Unusable for a path outside the working folder, where the guide does not reach."""
    ground, content = project.ground, project.guide.content
    if paths:
        for path in paths:
            if relative(ground.working / path, ground.working).split("/")[0] == "..":
                raise Unusable(
                    f"{path} は今いるフォルダーの外にあります。記事のあるフォルダーに移ってから実行してください。",
                    f"{path} is outside the working folder. Run this in the folder that has the articles.",
                )
        listing = asked_articles(paths, ground, content, force_exclude=False)
        if not listing.articles and not listing.problems:
            where = ", ".join(paths)
            raise Unusable(f"{where} に記事がありません。", f"There is no article in {where}.")
        return listing
    listing = content_articles(ground, content)
    listing.articles = {p: a for p, a in listing.articles.items() if "/" in p or a.file.stem.lower() not in _NOTICES}
    return listing


def _folders(paths: Sequence[str], working: Path) -> list[str]:
    return [relative(working / path, working) for path in paths if (working / path).is_dir()]


def _proposed(
    project: Project, listing: Listing, folders: Sequence[str], problems: list[Problem], speaker: Speaker
) -> Proposal:
    """Ask the engine what the articles show; one that cannot be read adds to `problems`."""
    from msglint.start.proposal import proposal
    from msglint.start.text import PACKS

    sources = read_articles(listing.articles.values(), problems)
    run = examine_sources(project, project.rules, sources, Effort(0, False), speaker, count=len(listing.articles))
    problems += run.unreadable
    packs = _guide(f"{{version: 1, name: -, extends: [{', '.join(PACKS)}]}}")
    evidence = [found for result in run.results for found in result.evidence]
    measured = {(d.path, d.start.offset) for d in run.diagnostics if d.rule == _MEASURED}
    return proposal(evidence, measured, packs.terms, folders)


def _told(found: Proposal) -> Text:
    counted = [
        (Text("表記を決める語", "words in more than one spelling"), len(found.words)),
        (Text("略語", "abbreviations"), len(found.abbreviations)),
        (Text("読み手", "personas"), len(found.readers)),
        (Text("段階", "stages"), len(found.stages)),
        (Text("数字の候補", "figures to register"), len(found.figures)),
    ]
    ja = "、".join(f"{name.ja}{count}件" for name, count in counted if count)
    en = ", ".join(f"{name.en}: {count}" for name, count in counted if count)
    return Text(
        f"{GUIDE} を書きました(記事{found.articles}件{'から、' + ja if ja else ''})。\n"
        f"会社の決めごとに合わせて直し、msglint check を実行してください。",
        f"Wrote {GUIDE} (articles: {found.articles}{'; ' + en if en else ''}).\n"
        "Make it what your company holds to, then run msglint check.",
    )
