"""Rules and formats that an installed package offers: used when the guide says `plugins: true`, and never otherwise."""

from __future__ import annotations

import os

import pytest
from conftest import CLEAN, GUIDE, ROOT, Ran, Repository

SHOUTING = """\
from msglint.model import Run, Severity, Span, Text, Violation
from msglint.rule import Rule


def check(ctx):
    at = ctx.document.source.find("！")
    if at >= 0:
        yield Violation(Span(at, at + 1), Text("叫ばないでください。", "Do not shout."))


SUMMARY = Text("叫び声を見つける", "Finds shouting")
RULE = Rule("no-shouting", Severity.ERROR, SUMMARY, Text("説明", "Page"), check=check)


def encode(run: Run) -> str:
    return "".join(f"{d.rule} {d.start.offset}\\n" for d in run.diagnostics)
"""
ENTRY_POINTS = "[msglint.rules]\nno-shouting = shouting:RULE\n[msglint.reporters]\noffsets = shouting:encode\n"
LOUD = CLEAN + "\n読者が待っています！\n"


@pytest.fixture
def plugged(repository: Repository) -> Repository:
    """Return a repository beside which a package with a rule and a format is installed."""
    repository.write("site/shouting.py", SHOUTING)
    repository.write("site/shouting-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
    repository.write("site/shouting-1.0.dist-info/entry_points.txt", ENTRY_POINTS)
    repository.write("messaging.yaml", GUIDE + "plugins: true\n")
    repository.write("content/clean.md", LOUD)
    return repository


def run(repository: Repository, *arguments: str) -> Ran:
    return repository.run(*arguments, PYTHONPATH=os.pathsep.join([str(ROOT), str(repository.folder / "site")]))


def test_rule_and_format_of_a_plugin(plugged: Repository) -> None:
    ran = run(plugged, "check", "--format", "offsets")
    assert (ran.status, ran.out, ran.err) == (1, f"no-shouting {LOUD.index('！')}\n", "")
    assert "no-shouting         error    叫び声を見つける\n" in run(plugged, "rules").out
    assert run(plugged, "rules", "no-shouting").out.startswith("no-shouting (既定の重大度: error)\n")


def test_guide_and_options_know_the_rule(plugged: Repository) -> None:
    plugged.write("messaging.yaml", GUIDE.replace("register: off", "no-shouting: warning") + "plugins: true\n")
    assert run(plugged, "check").status == 0
    assert run(plugged, "check", "--fail-on", "warning", "--select", "no-shouting").status == 1
    assert run(plugged, "check", "--fail-on", "warning", "--ignore", "no-shouting").status == 0


def test_nothing_of_it_without_the_word_of_the_guide(plugged: Repository) -> None:
    plugged.write("messaging.yaml", GUIDE)
    assert run(plugged, "check").status == 0
    assert run(plugged, "check", "--format", "offsets").status == 2
    assert run(plugged, "check", "--select", "no-shouting").status == 2
    plugged.write("messaging.yaml", GUIDE.replace("register: off", "no-shouting: warning"))
    assert run(plugged, "check").status == 2


def test_plugin_that_cannot_be_loaded(plugged: Repository) -> None:
    plugged.write("site/shouting.py", "import nothing_of_this_name\n")
    ran = run(plugged, "check")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "msglint: プラグインを読み込めません: No module named 'nothing_of_this_name'\n"


def test_plugin_that_takes_the_name_of_a_rule(plugged: Repository) -> None:
    plugged.write("site/shouting.py", SHOUTING.replace('"no-shouting"', '"register"'))
    ran = run(plugged, "check", "--lang", "en")
    assert (ran.status, ran.out, ran.err) == (
        2,
        "",
        "msglint: The plugins cannot be loaded: two rules are called register\n",
    )
