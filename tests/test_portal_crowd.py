"""Many people send feedback at the same time: all of it is there, each once."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import Counter
from pathlib import Path

import httpx2
import portal_sample as sample
import pytest
from sqlalchemy import Engine
from stores import store, store_url  # noqa: F401

from msglint.app.portal import Proxied
from msglint.loop import records
from msglint.loop.store import reading

pytestmark = pytest.mark.slow
PEOPLE, EACH, TWICE = 40, 10, 60


async def crowd(url: str) -> Counter[tuple[int, bool]]:
    """Let everybody send their feedback at once, some of it twice; return what was answered how often."""
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        forms = []
        for n in range(PEOPLE):
            headers = {"x-forwarded-user": f"rep{n}"}
            page = await client.get("/feedback?sheet=content/b/one-pager", headers=headers)
            headers["cookie"] = page.headers["set-cookie"].partition(";")[0]
            client.cookies.clear()
            given = sample.filled(page.text, temperature="3")
            forms += [(headers, given | {"id": f"person{n:03}-form{i:03}"}) for i in range(EACH)]
        both = (*forms, *forms[:TWICE])
        answers = await asyncio.gather(*(client.post("/feedback", data=form, headers=of) for of, form in both))
    return Counter((answer.status_code, "again" in answer.headers.get("location", "")) for answer in answers)


def test_four_hundred_at_once(store: Engine, tmp_path: Path) -> None:  # noqa: F811
    sample.stock(store)
    gate = {"gate": Proxied("x-forwarded-user"), "proxies": frozenset({"127.0.0.1"})}
    given = dataclasses.replace(sample.settings(tmp_path), engine=store, **gate)  # type: ignore[arg-type]
    with sample.served(given) as url:
        answers = asyncio.run(crowd(url))
    assert answers == {(303, False): PEOPLE * EACH, (303, True): TWICE}
    with reading(store) as connection:
        said = [one for one in records.feedback(connection) if one.id.startswith("portal:")]
        items = Counter(item.feedback for item in records.feedback_items(connection) if item.feedback[:7] == "portal:")
        people = {one.person for one in records.visits(connection)}
    assert Counter(one.rep for one in said) == {f"rep{n}": EACH for n in range(PEOPLE)}
    assert items == {f"portal:person{n:03}-form{i:03}": 1 for n in range(PEOPLE) for i in range(EACH)}
    assert people == {f"rep{n}" for n in range(PEOPLE)}
