"""What sales says is kept once or refused with the reason, and tells which sheets could not be used."""

from __future__ import annotations

import dataclasses
import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine
from stores import store as store
from stores import store_url as store_url

from msglint.analysis.objections import objections
from msglint.loop import records
from msglint.loop.complaints import Against, Voice, complaints, decode, encode, merged
from msglint.loop.feedback import against, close, keep, next_number, open_items
from msglint.loop.merging import Change, Plan
from msglint.loop.model import ActionItem, Deal, Feedback, FeedbackItem, Lead, Misread, SheetVersion
from msglint.loop.store import reading, writing
from msglint.model import Complaint

LEAD = Lead("hubspot:1", "hubspot", "1")
DEALS = [Deal(f"hubspot:{n}", "hubspot", str(n)) for n in (7, 8, 9)]
SHEET = SheetVersion("crm/one-pager", "v1", "crm.md", "c" * 40, "a" * 64)
LATER = dataclasses.replace(SHEET, version="v2", source_sha256="b" * 64)
SAID = Feedback(
    "f1", date(2026, 10, 20), "営業A", deal="hubspot:7", temperature=5, as_promised=False, need="料金の根拠"
)
ITEM = FeedbackItem("f1", SHEET.sheet, "v1", "not_usable", "料金が古い", conflict=False, edited=None)


@pytest.fixture
def filled(store: Engine) -> Engine:
    """Return a store with a lead and three deals."""
    with writing(store) as connection:
        records.apply(connection, Plan(leads=(Change(None, LEAD),)))
        records.apply(connection, Plan(deals=tuple(Change(None, deal) for deal in DEALS)))
    return store


def contents(connection: Connection) -> tuple[list[Any], ...]:
    return records.feedback(connection), records.feedback_items(connection), records.sheets(connection)


def test_feedback_is_kept_with_the_versions_it_names_and_no_others(filled: Engine) -> None:
    with writing(filled) as connection:
        assert keep(connection, SAID, [ITEM], [SHEET, LATER])
    with reading(filled) as connection:
        assert contents(connection) == ([SAID], [ITEM], [SHEET])


def test_feedback_that_is_sent_twice_is_there_once_as_it_was_first(filled: Engine) -> None:
    changed = dataclasses.replace(SAID, temperature=1)
    with writing(filled) as connection:
        assert keep(connection, SAID, [ITEM], [SHEET])
        assert not keep(connection, changed, [dataclasses.replace(ITEM, version="v2")], [LATER])
    with reading(filled) as connection:
        assert contents(connection) == ([SAID], [ITEM], [SHEET])


def test_a_version_that_is_known_needs_not_be_given_and_stays_as_it_is(filled: Engine) -> None:
    again = dataclasses.replace(SAID, id="f2", deal="hubspot:8")
    approved = dataclasses.replace(SHEET, state="approved", approved_by="部長", approved_on=date(2026, 10, 1))
    with writing(filled) as connection:
        keep(connection, SAID, [ITEM], [SHEET])
        assert keep(connection, again, [dataclasses.replace(ITEM, feedback="f2")], [])
        assert keep(
            connection, dataclasses.replace(again, id="f3"), [dataclasses.replace(ITEM, feedback="f3")], [approved]
        )
        assert records.sheets(connection) == [SHEET]


REFUSED: dict[str, tuple[dict[str, Any], list[FeedbackItem]]] = {
    "an unknown deal": ({"deal": "hubspot:70"}, []),
    "an unknown lead": ({"deal": None, "lead": "hubspot:70"}, []),
    "neither deal nor lead": ({"deal": None}, []),
    "deal and lead": ({"lead": "hubspot:1"}, []),
    "a temperature of 0": ({"temperature": 0}, []),
    "a temperature of 6": ({"temperature": 6}, []),
    "nobody's": ({"rep": " "}, []),
    "a character that no store takes": ({"need": "a\0b"}, []),
    "half a character": ({"request": "\ud83d"}, []),
    "an unknown version": ({}, [dataclasses.replace(ITEM, version="v9")]),
    "not usable for no reason": ({}, [dataclasses.replace(ITEM, reason=None)]),
    "not usable for a blank reason": ({}, [dataclasses.replace(ITEM, reason=" \n")]),
    "a verdict that is none": ({}, [dataclasses.replace(ITEM, verdict="bad")]),  # type: ignore[arg-type]
    "one sheet twice": ({}, [ITEM, dataclasses.replace(ITEM, version="v2")]),
    "a reason that no store takes": ({}, [dataclasses.replace(ITEM, reason="\0")]),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_is_written(filled: Engine, refused: str) -> None:
    changes, items = REFUSED[refused]
    with writing(filled) as connection:
        with pytest.raises(Misread) as caught:
            keep(connection, dataclasses.replace(SAID, **changes), items, [SHEET, LATER])
        assert contents(connection) == ([], [], [])
    assert caught.value.text.ja.endswith("。")
    assert caught.value.text.en.endswith(".")


def test_of_many_at_once_each_is_there_once(filled: Engine) -> None:
    failures: list[Exception] = []

    def send(number: int) -> None:
        try:
            for id in ("same", f"own{number}"):
                with writing(filled) as connection:
                    said = dataclasses.replace(SAID, id=id)
                    keep(connection, said, [dataclasses.replace(ITEM, feedback=id)], [SHEET])
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with reading(filled) as connection:
        assert sorted(one.id for one in records.feedback(connection)) == [*(f"own{n}" for n in range(8)), "same"]
        assert len(records.feedback_items(connection)) == 9


def voice(day: int, verdict: str, who: str = "hubspot:7", **changes: Any) -> Voice:
    made = Voice(who, "crm.md", "a" * 64, "crm/one-pager", "v1", f"f{day}", f"2026-10-{day:02}", verdict, "古い", False)
    return made._replace(**changes)


@pytest.mark.parametrize(
    ("voices", "left"),
    [
        ([voice(1, "not_usable"), voice(2, "not_usable")], ["f2"]),
        ([voice(1, "not_usable"), voice(2, "not_usable", "hubspot:8")], ["f1", "f2"]),
        ([voice(2, "helped"), voice(1, "not_usable")], []),
        ([voice(1, "helped"), voice(2, "not_usable")], ["f2"]),
        ([voice(1, "not_usable"), voice(2, "shown_no_effect")], []),
        ([voice(1, "not_usable"), voice(2, "not_used")], ["f1"]),
        ([voice(1, "not_usable"), voice(2, "helped", sheet="crm/battle-card")], ["f1"]),
        ([voice(1, "not_usable"), voice(2, "helped", sha256="b" * 64)], ["f1"]),
        ([voice(1, "not_usable", sha256="")], []),
        ([voice(1, "helped"), voice(2, "not_used")], []),
    ],
)
def test_each_deal_has_one_voice_a_sheet_its_latest(voices: list[Voice], left: list[str]) -> None:
    assert [one.complaint.feedback for one in complaints(voices)] == left


def test_what_is_open_goes_to_a_file_and_back() -> None:
    found = complaints([voice(2, "not_usable"), voice(1, "not_usable", "hubspot:8", conflict=1)])
    assert decode(encode(found)) == found
    assert encode(found[::-1]) == encode(found)
    assert "hubspot" not in encode(found).decode()
    assert found[0] == Against(
        "crm.md", "a" * 64, Complaint("crm/one-pager", "v1", "f1", "2026-10-01", "古い", conflict=True)
    )
    assert merged(found, found[:1]) == found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"version": 2, "open": []}',
        b'{"version": 1, "open": [1]}',
        b'{"version": 1, "open": [{}]}',
        b'{"version": 1, "open": 5}',
        b'{"version": 1, "open": [{"article": 1, "sha256": "", "sheet": "", "version": "", "feedback": "",'
        b' "met_on": "", "reason": "", "conflict": false}]}',
        b"[" * 100_000,
    ],
)
def test_another_file_is_no_file_of_open_feedback(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a file of open feedback"):
        decode(content)


@pytest.mark.parametrize(
    ("said", "times", "conflicts", "sheets"),
    [
        ("", 2, 1, []),
        ("a", 2, 1, []),
        ("aa", 2, 1, ["a"]),
        ("ab", 2, 1, []),
        ("A", 2, 1, ["a"]),
        ("A", 2, 2, []),
        ("Aa", 3, 2, []),
        ("aabB", 2, 1, ["a", "b"]),
        ("ab", 1, 1, ["a", "b"]),
    ],
)
def test_a_sheet_counts_after_two_complaints_or_one_of_a_conflict(
    said: str, times: int, conflicts: int, sheets: list[str]
) -> None:
    found = [Complaint(s.lower(), "v", str(i), "2026-10-01", "古い", s.isupper()) for i, s in enumerate(said)]
    assert [objection.sheet for objection in objections(found, times, conflicts)] == sheets


def test_open_items_are_of_articles_as_they_are_now(filled: Engine) -> None:
    with writing(filled) as connection:
        for number, deal in enumerate(DEALS):
            said = dataclasses.replace(SAID, id=f"f{number}", deal=deal.id)
            made = LATER if number else SHEET
            item = dataclasses.replace(ITEM, feedback=said.id, version=made.version)
            keep(connection, said, [item], [SHEET, LATER])
    with reading(filled) as connection:
        assert len(against(connection)) == 3
        assert open_items(connection, lambda article, sha: sha == SHEET.source_sha256) == ()
        (found,) = open_items(connection, lambda article, sha: (article, sha) == ("crm.md", LATER.source_sha256))
        assert found.article == "crm.md"
        assert [one.feedback for one in found.objection.complaints] == ["f1", "f2"]
        once = open_items(connection, lambda article, sha: sha == SHEET.source_sha256, times=1)
        assert [one.objection.sheet for one in once] == ["crm/one-pager"]


def test_actions_are_numbered_and_closed_once(filled: Engine) -> None:
    commit = "c" * 40
    with writing(filled) as connection:
        assert next_number(connection) == "1"
        records.add(connection, ActionItem("9", "content", "直す", "甲", date(2026, 11, 10)))
        records.add(connection, ActionItem("a-3", "criteria", "下げる", "乙", date(2026, 11, 9)))
        assert next_number(connection) == "10"
        close(connection, "9", date(2026, 11, 5), commit)
        with pytest.raises(Misread, match="closed on 2026-11-05"):
            close(connection, "9", date(2026, 11, 6), None)
        with pytest.raises(Misread, match="no action 8"):
            close(connection, "8", date(2026, 11, 6), None)
    with reading(filled) as connection:
        found = {one.id: (one.closed_on, one.closing_commit) for one in records.action_items(connection)}
        assert found == {"a-3": (None, None), "9": (date(2026, 11, 5), commit)}
