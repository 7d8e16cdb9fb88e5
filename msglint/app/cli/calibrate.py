"""`msglint calibrate`: learns from which nearness on a section is on message."""

from __future__ import annotations

import dataclasses

import click

from msglint.app.cli import options
from msglint.app.cli.examine import Effort, examine
from msglint.app.cli.files import Article, content_articles
from msglint.app.cli.lock import NAME, Lock, read_lock
from msglint.app.cli.meaning import undivided, unlearned
from msglint.app.cli.output import write_named
from msglint.app.cli.project import Project, open_project
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.unusable import Unusable
from msglint.guide.model import Content
from msglint.model import Run, Text

DONE, STALE, UNUSABLE = 0, 1, 2


@click.command(
    "calibrate",
    cls=Command,
    about=Text(
        "どこまでガイドに近ければ「主張に沿った節」とみなすかを、参照する記事から学びます。\n"
        "参照するのは、ガイドの drift.reference に当たる記事(なければ content のすべて)です。"
        f"結果は {NAME} に書きます。ガイドと一緒にコミットしてください。\n"
        "終了コード: 0 は完了、1 は --check で作り直しが必要な場合、"
        "2 は使えない指定、ガイド、ファイルがあった場合です。",
        "Learns from the reference articles how near to the guide a section has to be.\n"
        "These are the articles that drift.reference names (without it, all of content). "
        f"Writes {NAME}, to be committed with the guide.\n"
        "Exit status: 0 done, 1 with --check when it has to be made anew, "
        "2 the call, the guide or a file cannot be used.",
    ),
)
@options.guide
@options.option(
    "--check",
    is_flag=True,
    about=Text(
        f"{NAME} が今のガイドのものかを調べるだけで、書き込みません。",
        f"Only tell whether {NAME} is of the present guide, and write nothing.",
    ),
)
@options.effort
@options.common
@click.pass_obj
def calibrate(speaker: Speaker, guide: str | None, check: bool, jobs: int, no_cache: bool) -> int:
    """Learn the threshold, or tell whether the one there is still holds; return the exit status."""
    project = open_project(speaker, guide)
    return _checked(project, speaker) if check else _learned(project, Effort(jobs, not no_cache), speaker)


def _checked(project: Project, speaker: Speaker) -> int:
    lock = read_lock(project.ground.root)
    if lock and lock.holds_for(unlearned(project)):
        return DONE
    speaker.error(
        Text(
            f"{NAME} が今のガイドやエンコーダーのものではありません。",
            f"{NAME} is not of the present guide or encoder.",
        )
        if lock
        else Text(f"{NAME} がありません。", f"There is no {NAME}.")
    )
    speaker.line(Text("msglint calibrate で作ってください。", "Make it with msglint calibrate.").in_(speaker.language))
    return STALE


def _learned(project: Project, effort: Effort, speaker: Speaker) -> int:
    articles = _reference(project)
    whole = dataclasses.replace(project, guide=undivided(project.guide))
    rules = tuple(rule for rule in project.rules if rule.id == "off-message")
    run = examine(whole, rules, articles, effort, speaker)
    for problem in run.unreadable:
        speaker.problem(problem)
    if run.unreadable:
        return UNUSABLE
    lock = _lock(project, run)
    write_named(project.ground.root / NAME, lock.encoded())
    _tell(lock, speaker)
    return DONE


def _reference(project: Project) -> list[Article]:
    """List the articles that are on message by definition; raises Unusable when there is none."""
    reference = project.guide.drift.reference
    listing = content_articles(project.ground, project.guide.content if reference is None else Content(reference))
    if not listing.articles:
        name = "content.include" if reference is None else "drift.reference"
        raise Unusable(f"ガイドの {name} に当たる記事がありません。", f"No article matches the guide's {name}.")
    return list(listing.articles.values())


def _lock(project: Project, run: Run) -> Lock:
    from msglint.analysis.on_message import reference_scores
    from msglint.analysis.threshold import FEWEST, conformal

    blank = unlearned(project)
    evidence = [e for result in run.results for e in result.evidence if e.rule == "off-message"]
    scores = reference_scores(evidence)
    learned = len(scores) >= FEWEST
    return dataclasses.replace(
        blank,
        threshold=conformal(scores, project.guide.drift.false_positive_rate) if learned else blank.threshold,
        articles=len(run.results),
        sections=len(scores),
        learned=learned,
    )


def _tell(lock: Lock, speaker: Speaker) -> None:
    from msglint.analysis.threshold import FEWEST

    counted = Text(
        f"参照する記事{lock.articles}件の{lock.sections}節", f"{lock.sections} sections of {lock.articles} articles"
    )
    if lock.learned:
        speaker.note(
            Text(
                f"{counted.ja}から、しきい値 {lock.threshold:.3f} を学び、{NAME} に書きました。",
                f"Learned the threshold {lock.threshold:.3f} from {counted.en}; wrote {NAME}.",
            )
        )
    else:
        speaker.note(
            Text(
                f"{counted.ja}だけでは学べません({FEWEST}節から)。"
                f"標準のしきい値 {lock.threshold:.3f} を {NAME} に書きました。",
                f"Nothing can be learned from {counted.en} (from {FEWEST} on); wrote the shipped threshold "
                f"{lock.threshold:.3f} to {NAME}.",
            )
        )
