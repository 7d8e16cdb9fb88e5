"""near-duplicate: two sections of different articles that say the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msglint.analysis.duplicates import SHORTEST, Trace, sketch, twins
from msglint.analysis.encoder.packing import packed
from msglint.analysis.passage import Passage
from msglint.document.model import Kind
from msglint.model import Evidence, Found, Option, Severity, Text, Violation
from msglint.rule import Context, Corpus, Example, Remark, Rule


def check(ctx: Context) -> Iterator[Evidence]:
    """Yield, as evidence, the vector and the sketch of each section; tables are no prose."""
    found = []
    for section in ctx.view.sections:
        text = Passage.joined(tuple(s.passage for s in section.said if s.block.kind is not Kind.CELL))
        if len(text) >= SHORTEST:
            found.append((section, text))
    vectors = ctx.view.encoder.encode([text for _, text in found]) if found else ()
    for (section, text), vector in zip(found, vectors, strict=True):
        value = {
            "heading": section.title,
            "start": [*ctx.document.lines.position(section.start)],
            "vector": packed(vector),
            "sketch": sketch(text),
        }
        yield Evidence(section.place, "section", value)


def corpus(corpus: Corpus) -> Iterator[Remark]:
    """Yield each pair of sections once: in the first article by path, or in the one that is shown."""
    found = corpus.evidence
    named = None if corpus.named is None else [corpus.shows(e.path) for e in found]
    for pair in twins([_trace(e) for e in found], float(corpus.options["similarity"]), named):
        first, second = found[pair.first], found[pair.second]
        here, there = (first, second) if corpus.shows(first.path) else (second, first)
        yield Remark(here.path, Violation(here.span, _message(there, pair.similarity), score=pair.similarity))


def _trace(found: Found) -> Trace:
    return Trace(found.path, found.value["vector"], found.value["sketch"])


def _message(there: Found, similarity: float) -> Text:
    heading = there.value["heading"]
    ja = f"「{heading}」の節" if heading else "冒頭"
    en = f'the section "{heading}"' if heading else "the opening"
    return Text(
        f"{there.path} の{ja}と、ほぼ同じ内容です(類似度 {similarity:.2f})。どちらかにまとめるか、この記事ならではの内容に書き分けてください。",
        f"This says nearly the same as {en} of {there.path} (similarity {similarity:.2f}). "
        "Keep one of them, or write what only this article has to say.",
    )


_BODY = (
    "リードを営業に渡すときは、会社名と連絡先だけでなく、どの記事を読み、どの資料を持ち帰ったかを一緒に伝えます。"
    "営業は最初の電話で、その関心から話を始められます。"
)
_AGAIN = (
    "リードを営業に渡すときは、会社名や連絡先だけでなく、どの記事を読み、どの資料を持ち帰ったかも一緒に伝えます。"
    "営業は最初の電話で、その関心から話を始められます。"
)
_LOOSE = (
    "名簿のまま渡されたリードは、なかなか動きません。読んだ記事や持ち帰った資料まで添えれば、担当者は最初の一言に困らず、"
    "相手の関心から会話に入れるようになります。"
)
_OTHER = (
    "月に一度、営業とマーケティングの責任者が集まり、引き渡したリードの数と商談になった数を並べて見ます。"
    "話し合うのは数の多さではなく、次の月に変えることです。"
)
_TABLE = "| 時期 | 会議 | 担当 |\n|---|---|---|\n" + "".join(
    f"| {month}月の最終週の金曜日 | 月次会議を開いて数字を見る | マーケティング責任者 |\n" for month in range(1, 13)
)

RULE = Rule(
    id="near-duplicate",
    severity=Severity.INFO,
    check=check,
    corpus=corpus,
    summary=Text(
        "別の記事の節とほぼ同じ内容の節を見つける", "Finds sections that say the same as one of another article"
    ),
    page=Text(
        """同じ文章が2つの記事にあると、直すときに片方だけが古くなり、検索でも記事どうしが競い合います。
このルールは、記事の節を互いに比べ、意味(ベクトルの類似度)も言い回し(5文字ずつの重なり)も近い組を、1組につき1度だけ、
パスの順で先の記事で知らせます。表の中身と、60字に満たない節は比べません。5つ以上の記事で繰り返される文章は、
注意書きや問い合わせ先のように意図して置かれたものとみなして、何も言いません。

どこまで似ていれば知らせるかは、`rules: {near-duplicate: {similarity: 0.95}}` で変えられます。""",
        """When the same text stands in two articles, one of them grows old unnoticed, and the two compete in search. This rule
compares the sections of all articles, and reports each pair that is alike in meaning (vectors) and in wording (shingles of
five characters) once, in the first article by path. Tables, and sections under 60 characters, are not compared. Text that stands
in five articles or more is taken for boilerplate and left alone. `similarity` says how much alike is too much.""",
    ),
    options=(
        Option(
            "similarity",
            Decimal,
            Decimal("0.95"),
            Text("これ以上似ている節を指摘する", "Report sections at least this alike"),
        ),
    ),
    examples=(
        Example(f"## ⟦リードの渡し方⟧\n\n{_BODY}", others=(f"## リードの渡し方\n\n{_BODY}",)),
        Example(f"## ⟦リードの渡し方⟧\n\n{_BODY}", others=(f"## 引き渡しの手順\n\n{_AGAIN}",)),
        Example(
            "⟦リードを営業に渡すときは、会社名と連絡先だけでなく、どの記事を読み、どの資料を持ち帰ったかを一緒に伝えます。⟧"
            "営業は最初の電話で、その関心から話を始められます。",
            others=(f"## 引き渡しの手順\n\n{_AGAIN}",),
        ),
        Example(f"## **⟦渡し方**の基本⟧\n\n- {_BODY}\n- {_OTHER}", others=(f"## 手順\n\n{_AGAIN}\n\n{_OTHER}",)),
        Example(f"## はじめに\n\n{_LOOSE}\n\n## ⟦会議⟧\n\n{_OTHER}", others=(f"## 月次会議\n\n{_OTHER}",)),
        Example(f"## ⟦⟦会議⟧⟧\n\n{_OTHER}", others=(f"## 会議\n\n{_OTHER}", f"## 会議\n\n{_OTHER}")),
        Example(
            f"## ⟦渡し方⟧\n\n{_BODY}",
            "rules: {near-duplicate: {similarity: 0.8}}",
            others=(f"## 手順\n\n{_AGAIN}次に決めるのは期限です。",),
        ),
        Example(f"## リードの渡し方\n\n{_BODY}", others=(f"## リードの渡し方\n\n{_LOOSE}",)),
        Example(f"## リードの渡し方\n\n{_BODY}", others=(f"## 会議\n\n{_OTHER}",)),
        Example(f"## 渡し方\n\n{_BODY}\n\n## 渡し方の再掲\n\n{_BODY}"),
        Example(
            "## 連絡先\n\nお問い合わせはこちらのフォームからどうぞ。",
            others=("## 連絡先\n\nお問い合わせはこちらのフォームからどうぞ。",),
        ),
        Example(f"## 予定\n\n{_TABLE}", others=(f"## 予定\n\n{_TABLE}",)),
        Example(f"## 連絡先\n\n{_BODY}", others=(f"## 連絡先\n\n{_BODY}",) * 5),
        Example(f"## 渡し方\n\n{_BODY}", "rules: {near-duplicate: off}", others=(f"## 渡し方\n\n{_BODY}",)),
    ),
)
