"""The change of the guide: only what has to change does, and git can apply it."""

from __future__ import annotations

import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from loop_sample import GUIDE_TEXT, HANDOFF, HOLDINGS, NOW, TOKYO

from msglint.loop.clock import Clock
from msglint.loop.review import Book, Holdings
from msglint.loop.review.proposal import edited, propose, unified
from msglint.yamlnodes import compose, plain

DAY = date(2026, 12, 1)
NOTE = "# 両部門の署名のあと、日付を入れて「#」を外す / after both have signed, put in the day and remove the #"


def change(text: str) -> str:
    made = edited(text, "75", "2026-12", DAY)
    assert made is not None
    root = compose(made)
    assert root is not None
    handoff = plain(root)["handoff"]
    assert (handoff["revision"], handoff["effective_from"], handoff["mql"]["threshold"]) == ("2026-12", DAY, 75)
    return made


def test_comments_and_columns_stay() -> None:
    assert change(GUIDE_TEXT).splitlines()[3:10] == [
        "handoff:                           # 両部門で合意した条件",
        "  revision: 2026-12                # 変えるたびに新しくする",
        "  effective_from: 2026-12-01",
        f"  {NOTE}",
        "  # agreed: {marketing: マーケティング部長, sales: 営業部長, date: YYYY-MM-DD}",
        "  mql:",
        "    threshold: 75                  # 点",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "handoff:\n  mql: {required_actions: [問い合わせ]}\n",
            "handoff:\n  revision: 2026-12\n  effective_from: 2026-12-01\n"
            "  mql: {threshold: 75, required_actions: [問い合わせ]}\n",
        ),
        (
            "handoff: {revision: '1', agreed: {marketing: a}, mql: {threshold: 80}}",
            "handoff: {effective_from: 2026-12-01, revision: '2026-12', agreed: {marketing: a}, mql: {threshold: 75}}",
        ),
        (
            'handoff:\r\n  revision: "1" # 版\r\n  effective_from: 2026-04-01\r\n  mql:\r\n    threshold: 100 # 点\r\n',
            'handoff:\r\n  revision: "2026-12" # 版\r\n  effective_from: 2026-12-01\r\n'
            "  mql:\r\n    threshold: 75  # 点\r\n",
        ),
        (
            "handoff:\r\n  agreed: {sales: b}\r\n  mql:\r\n    fit: []\r\n",
            "handoff:\r\n  revision: 2026-12\r\n  effective_from: 2026-12-01\r\n"
            f"  {NOTE}\r\n  # agreed: {{sales: b}}\r\n  mql:\r\n    threshold: 75\r\n    fit: []\r\n",
        ),
        (
            "handoff:\n  revision: 1\n  effective_from: 2026-04-01\n  mql: {threshold: 80}\n"
            "  agreed:\n    marketing: 部長   # A\n    date: 2026-03-01\n  # あと\n  sql: {bant_minimum: 3}\n",
            "handoff:\n  revision: 2026-12\n  effective_from: 2026-12-01\n  mql: {threshold: 75}\n"
            f"  {NOTE}\n  # agreed:\n  #   marketing: 部長   # A\n  #   date: YYYY-MM-DD\n"
            "  # あと\n  sql: {bant_minimum: 3}\n",
        ),
    ],
)
def test_other_ways_to_write_it(text: str, wanted: str) -> None:
    assert change(text) == wanted


@pytest.mark.parametrize(
    "text", ["", "version: 1\n", "handoff:\n", "handoff: {}\n", "handoff:\n  mql:\n", "handoff: [1]\n", "a: [\n", "\0"]
)
def test_where_there_is_nothing_to_edit(text: str) -> None:
    assert edited(text, "75", "2026-12", DAY) is None


def given(text: str | None, *names: str) -> Book:
    revisions = tuple(
        HANDOFF._replace(revision=name, effective_from=date(2026, 4, 1 + n)) for n, name in enumerate(names)
    )
    holdings = Holdings(guide="guides/messaging.yaml", guide_text=text)
    return Book(NOW, Clock(TOKYO), revisions[-1], revisions, holdings=holdings)


def test_a_new_name_and_the_first_of_next_month() -> None:
    made = propose(given(GUIDE_TEXT, "2026-04"), 75.0)
    assert made is not None
    assert (made.revision, made.effective_from, made.threshold) == ("2026-12", DAY, 75.0)
    taken = propose(given(GUIDE_TEXT, "2026-12", "2026-12-2"), 75.0)
    assert taken is not None
    assert taken.revision == "2026-12-3"
    counted = propose(given(GUIDE_TEXT, "6", "7"), 75.0)
    assert counted is not None
    assert counted.revision == "8"


def test_it_comes_after_a_revision_that_is_agreed_already() -> None:
    later = HANDOFF._replace(revision="2026-12", effective_from=date(2026, 12, 1))
    made = propose(Book(NOW, Clock(TOKYO), later, (HANDOFF, later), holdings=HOLDINGS), 75.0)
    assert made is not None
    assert (made.revision, made.effective_from) == ("2027-01", date(2027, 1, 1))


def test_without_rules_or_without_the_file() -> None:
    assert propose(Book(NOW, Clock(TOKYO)), 75.0) is None
    elsewhere = propose(given("extends: [base.yaml]\n", "1"), 75.0)
    assert elsewhere is not None
    assert elsewhere.diff is None


@pytest.mark.parametrize("ends", ["\n", "", "\r\n"])
def test_git_applies_the_diff(tmp_path: Path, ends: str) -> None:
    body = "version: 1\nhandoff:\n  revision: 1\n  effective_from: 2026-04-01\n  mql:\n    threshold: 80"
    text = body.replace("\n", "\r\n") + ends if ends == "\r\n" else body + ends
    after = change(text)
    file = tmp_path / "messaging.yaml"
    file.write_bytes(text.encode())
    (tmp_path / "change.diff").write_bytes(unified(text, after, "messaging.yaml").encode())
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "change.diff"], cwd=tmp_path, check=True)
    assert file.read_bytes() == after.encode()


def test_the_guide_reads_the_result(tmp_path: Path) -> None:
    from msglint.guide.load import load_guide
    from msglint.model import Source

    guide = load_guide(Source("messaging.yaml", change(GUIDE_TEXT).encode()), catalogue={}, read=lambda _: b"")
    assert guide.handoff is not None
    assert (guide.handoff.mql.threshold, guide.handoff.agreed) == (Decimal(75), None)
