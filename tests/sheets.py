"""Guides, articles and sheets for the tests of the sales side."""

from __future__ import annotations

import hashlib
from datetime import date

from articles import guide_of, run_of

from msglint.document.model import Document
from msglint.document.parse import parse
from msglint.guide.model import Guide
from msglint.model import Found, Result, Source
from msglint.sheet.build import Origin, sheets
from msglint.sheet.model import Sheet

GUIDE = """
stages: [{id: problem, name: 課題喚起}, {id: comparison, name: 比較検討}]
personas:
  - {id: marketer, name: マーケティング責任者, challenges: [リードは増えたのに商談につながらない]}
  - {id: seller, name: 営業マネージャー}
claims:
  - {id: one, statement: 主張を1つにそろえると商談化率が高まる}
  - {id: loop, statement: 商談で分かったことを記事に戻す, required_for: {stages: [problem]}}
facts:
  - id: crm
    subject: 日本企業のCRM導入率
    keywords: [CRM導入率]
    values: [{value: 37.2, unit: "%", as_of: 2024}, {value: 36.2, unit: "%", as_of: 2023}]
    source: HubSpot調査
    caveat: {text: 独自調査のため偏りの可能性がある, patterns: [独自調査]}
sheets:
  one-pager:
    sections: [summary, problem, proof, objection, talk-track, diagram, next-step]
    required: [summary]
    formats: [html]
    pages: 1
    review_months: 6
brand: {name: 株式会社サンプル, color: "#ffd54a"}
"""
HEAD = (
    "---\ntitle: 記事の題\ndescription: どんな記事か。\npersona: marketer\nstage: problem\nupdated: 2026-09-01\n---\n\n"
)
ARTICLE = f"""{HEAD}導入の文です。

## 要点 {{sales=summary}}

- 主張を**1つ**にそろえます
- [手順](https://example.com/steps)は3つです

## 体制が薄いほど文書が要る

<!-- sales: proof -->

2024年のCRM導入率は37.2%です(HubSpot調査)。独自調査のため偏りの可能性があります。

<!-- /sales -->

## 次に読む

CRM導入率は2023年に36.2%でした(HubSpot調査、独自調査)。
"""


def built(
    article: str = ARTICLE, guide: str = GUIDE, *evidence: Found, commit: str = "", day: date | None = None
) -> tuple[Sheet, ...]:
    """Return the sheets of an article called content/a.md that was really checked; `evidence` is added."""
    made, document, result = checked(article, guide)
    result = Result(result.path, result.diagnostics, (*result.evidence, *evidence))
    digest = hashlib.sha256(article.encode()).hexdigest()
    return sheets(document, result, made, Origin("content/a.md", digest, commit, day))


def only(article: str = ARTICLE, guide: str = GUIDE, *evidence: Found) -> Sheet:
    """Return the one sheet of an article."""
    (sheet,) = built(article, guide, *evidence)
    return sheet


def checked(article: str, guide: str = GUIDE) -> tuple[Guide, Document, Result]:
    """Return the guide, the article, and what checking it gave."""
    return guide_of(guide), parse(Source("a.md", article.encode())), run_of(guide, article).results[0]
