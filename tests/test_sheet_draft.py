from __future__ import annotations

import numpy as np
import pytest
from sheets import GUIDE, HEAD, checked

from msglint.sheet.build import Origin
from msglint.sheet.draft import central, draft
from msglint.sheet.model import Diagram, ListBlock, Sheet, plain

ARTICLE = f"""{HEAD}リードの件数だけを追うと、営業は確度の低い電話に時間を使います。それは誰も望んでいません。

件数ではなく、商談に進んだ割合でリードの質を確かめます。本当に大丈夫でしょうか。短い文です。

## 根拠

2024年のCRM導入率は37.2%です(HubSpot調査)。独自調査のため偏りの可能性があります。

```mermaid
flowchart LR
  A --> B
```

## 次にすること

1. 商談の結果を記事ごとに並べて確かめます
2. 割合の低い記事から主張を直していきます
"""


def encode(texts: object) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Give each text a vector by the characters in it."""
    rows = np.zeros((len(list(texts)), 256), np.float32)  # type: ignore[call-overload]
    for row, text in zip(rows, texts, strict=True):  # type: ignore[call-overload]
        for character in text:
            row[ord(character) % 256] += 1
        row /= np.linalg.norm(row)
    return rows


def drafted(article: str) -> Sheet | None:
    guide, document, result = checked(article, GUIDE)
    return draft(document, result, guide, Origin("content/a.md", ""), encode)


def test_a_draft_takes_sentences_that_can_stand_alone_and_what_is_registered() -> None:
    sheet = drafted(ARTICLE)
    assert sheet is not None
    assert (sheet.draft, sheet.approval.state, [f.id for f in sheet.facts]) == (True, "draft", ["crm"])
    by_kind = {s.kind: s for s in sheet.sections}
    assert {"summary", "proof", "diagram", "next-step"} <= set(by_kind)
    (points,) = by_kind["summary"].blocks
    assert isinstance(points, ListBlock)
    said = [plain(item.content) for item in points.items]
    assert len(said) == 3
    places = [ARTICLE.index(text) for text in said]
    assert places == sorted(places)
    assert not any(text.startswith("それ") or text.endswith("か。") or len(text) < 18 for text in said)
    assert isinstance(by_kind["diagram"].blocks[0], Diagram)
    assert isinstance(by_kind["next-step"].blocks[0], ListBlock)
    assert (by_kind["proof"].title, by_kind["proof"].heading) == ("根拠", ())


@pytest.mark.parametrize("article", ["", "本文。\n", "# 見出し\n\n```\ncode\n```\n"])
def test_of_nothing_there_is_no_draft(article: str) -> None:
    assert drafted(article) is None


def test_central_rows_do_not_repeat_each_other() -> None:
    rows = np.array([[1, 0, 0], [1, 0, 0], [0.8, 0.6, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    chosen = central(rows, 2)
    assert chosen == sorted(chosen)
    assert len(chosen) == 2
    assert chosen != [0, 1]
    assert central(rows, 9) == [0, 1, 2, 3, 4]
