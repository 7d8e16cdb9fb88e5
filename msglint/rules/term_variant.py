"""term-variant: another word for a term, or one word in two spellings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Set

from msglint.analysis.packed import pack, totals, unpack
from msglint.analysis.prh import prh_matches
from msglint.analysis.spellings import Spellings, is_term, preferred, spellings, variants_of_one, without
from msglint.analysis.variants import Variant, listed, variants
from msglint.model import Evidence, Fix, Places, Severity, Span, Text, Violation
from msglint.rule import Context, Corpus, Example, Remark, Rule


def check(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield listed variants, what prh dictionaries find, and spellings that the article mixes."""
    taken = Places()
    reported = [*(_listed(ctx, v) for v in listed(ctx.view, ctx.guide)), *_prh(ctx)]
    yield from (violation for violation in reported if taken.take(violation.span))
    found = without(spellings(ctx.view), ctx.view, taken) if reported else spellings(ctx.view)
    yield from _mixed(ctx, found)
    yield Evidence(Span(0, 0), "spellings", pack(found, ctx.view))
    used = variants(ctx.guide.terms).used(ctx.view)
    yield from (Evidence(Span(0, 0), f"entry:term:{term}") for term in used)


def _listed(ctx: Context, found: Variant) -> Violation:
    span = found.block.span(found.start, found.end)
    words = found.block.text[found.start : found.end].replace("\n", "")
    plain = (
        found.exact and "\n" not in ctx.document.source[span.start : span.end] and len(words) == span.end - span.start
    )
    term = found.term.term
    return Violation(
        span,
        Text(f"「{words}」は「{term}」と書きます。", f'Write "{term}" for "{words}".'),
        entry=term,
        fix=Fix(term, safe=True) if plain else None,
    )


def _prh(ctx: Context) -> Iterator[Violation]:
    if not ctx.guide.prh:
        return
    for block in ctx.view.body():
        for match in prh_matches(block.text, ctx.guide.prh):
            span = block.span(match.start, match.end)
            words = block.text[match.start : match.end]
            rule = match.rule
            told = f"{rule.message}" if rule.message else ""
            yield Violation(
                span,
                Text(
                    f"「{words}」は「{match.replacement}」と書きます。{told}",
                    f'Write "{match.replacement}" for "{words}". {told}'.rstrip(),
                ),
                entry=rule.expected,
                fix=_prh_fix(match.replacement) if ctx.document.source[span.start : span.end] == words else None,
            )


def _prh_fix(replacement: str) -> Fix:
    """A dictionary may name a group that its pattern does not have: nobody wants the $1 that is left then."""
    return Fix(replacement, safe=not re.search(r"\$\d", replacement))


def _mixed(ctx: Context, found: Spellings) -> Iterator[Violation]:
    terms = {t.term for t in ctx.guide.terms}
    decided = {rule.expected for rule in ctx.guide.prh}
    for by_spelling in found.values():
        # What a dictionary decides it also lets pass: カメラのシャッタ beside シャッター.
        if len(by_spelling) < 2 or _is_decided(by_spelling, decided):
            continue
        counts = {s: len(u) for s, u in by_spelling.items()}
        keep = preferred(counts, terms)
        for spelling, uses in by_spelling.items():
            if spelling == keep or is_term(spelling, by_spelling, terms) or not variants_of_one(spelling, keep):
                continue
            for index, start, end in uses:
                block = ctx.document.blocks[index]
                words = block.text[start:end].replace("\n", "")
                yield Violation(
                    block.span(start, end),
                    Text(
                        f"「{words}」は、この記事のほかの{counts[keep]}か所では「{keep}」と書かれています。どちらかにそろえてください。",
                        f'"{words}" is spelt "{keep}" in {counts[keep]} other places of this article. Use one spelling.',
                    ),
                    fix=Fix(keep, safe=False) if words == spelling else None,
                )


def _is_decided(spellings: Collection[str], decided: Set[str]) -> bool:
    """Whether a dictionary has one of the spellings; letters also as a part (Tax of e-Tax)."""
    if not decided.isdisjoint(spellings):
        return True
    return any(word.isascii() and any(word in expected for expected in decided) for word in spellings)


def corpus(ctx: Corpus) -> Iterator[Remark]:
    """Yield, as info, the rarer spelling of a word that articles spell differently."""
    packed = [found for found in ctx.evidence if found.about == "spellings"]
    spelt = totals(str(found.value) for found in packed)
    advice = _advice(spelt, {t.term for t in ctx.guide.terms}, {rule.expected for rule in ctx.guide.prh})
    for found in (one for one in packed if advice and ctx.shows(one.path)):
        for one in unpack(str(found.value)):
            if not one.mixed and (told := advice.get((one.word, one.spelling))):
                for place in one.places.split(","):
                    start, end = map(int, place.split(":"))
                    yield Remark(found.path, _across(Span(start, end), *told))


def _advice(
    spelt: Mapping[str, Mapping[str, int]], terms: Collection[str], decided: Set[str]
) -> dict[tuple[str, str], tuple[str, str, int]]:
    """Return what to say of words and their spellings: the spelling, the one to keep, and how often that stands."""
    found = {}
    for word, counts in spelt.items():
        if len(counts) > 1 and not _is_decided(counts, decided):
            keep = preferred(dict(sorted(counts.items())), terms)
            for spelling in counts:
                if spelling != keep and not is_term(spelling, counts, terms) and variants_of_one(spelling, keep):
                    found[word, spelling] = (spelling, keep, counts[keep])
    return found


def _across(span: Span, spelling: str, keep: str, count: int) -> Violation:
    return Violation(
        span,
        Text(
            f"「{spelling}」は、ほかの記事では「{keep}」と{count}回書かれています。",
            f'"{spelling}" is spelt "{keep}" {count} times in other articles.',
        ),
        severity=Severity.INFO,
    )


_GUIDE = """
terms:
  - {term: リードナーチャリング, variants: [リード育成, ナーチャリング]}
  - {term: サーバー, variants: [サーバ]}
  - {term: MQL, variants: [マーケティング適格リード, ＭＱＬ]}
  - {term: 可視化する, variants: [見える化する]}
"""

RULE = Rule(
    id="term-variant",
    severity=Severity.WARNING,
    precedence=2,
    check=check,
    corpus=corpus,
    summary=Text(
        "用語の別の言い方と、表記の揺れを見つける", "Finds other words for a term, and one word in two spellings"
    ),
    page=Text(
        """同じものを違う名前で呼ぶと、読者は違うものだと思います。次の4つを指摘します。

- ガイドの用語の`variants`に挙げた言い方。用語に置き換える修正は`msglint fix`で入ります。用語そのものの一部(「リードナーチャリング」の中の「ナーチャリング」)と、
  「MQL(マーケティング適格リード)」のように用語を説明している括弧の中は指摘しません。
- prhの辞書に書いた語。
- 1つの記事の中で、同じ語が2通りに書かれているところ(「問い合わせ」と「問合せ」、「サーバー」と「サーバ」、「全て」と「すべて」など)。少ないほうを指摘します。
- 記事ごとに表記が違うところ。これは知らせるだけ(info)です。

「こと」「いう」のような形式的な語、固有名詞、引用、大文字と小文字の違い、「Web」と「ウェブ」、「作る」と「創る」のような書き分けは、ガイドに挙げないかぎり指摘しません。""",
        """Readers take two names for two things. Reported are: the `variants` of the guide's terms (fixed by `msglint fix`;
never inside the term itself or where brackets explain it); what prh dictionaries list; one word in two spellings within an article
(the rarer one); and, as info, spellings that differ between articles. Function words, proper nouns, quotations, letter case, Web for
ウェブ and other kanji (作る, 創る) are left alone unless the guide lists them.""",
    ),
    examples=(
        Example("⟦リード育成⟧に取り組みます。", _GUIDE, fixed="リードナーチャリングに取り組みます。"),
        Example("⟦ナーチャリング⟧施策とリードナーチャリングの違い。", _GUIDE),
        Example("⟦サーバ⟧を増やす。**⟦サーバ⟧**側の設定。", _GUIDE, fixed="サーバーを増やす。**サーバー**側の設定。"),
        Example("⟦マーケティング適格リード⟧を渡します。", _GUIDE),
        Example("⟦ＭＱＬ⟧を渡します。", _GUIDE, fixed="MQLを渡します。"),
        Example("業務を⟦見える化します⟧。業務を⟦見える化する⟧。", _GUIDE),
        Example("お問い合わせはこちら。問い合わせの件数。⟦問合せ⟧の窓口。"),
        Example("全て確認します。全ての記事です。⟦すべて⟧直します。"),
        Example("実行できる人。実行できない人。実行⟦出来る⟧仕組み。"),
        Example("取り組みを続ける。この取り組みは、⟦取組み⟧の一つ。"),
        Example("## 見積もり\n\n⟦見積り⟧を出します。見積もりの期限。"),
        Example("⟦問合せ⟧が増えた。", others=("問い合わせが増えた。問い合わせの窓口。",)),
        Example("リードナーチャリングに取り組みます。", _GUIDE),
        Example("サーバーとサーバーレスの違い。`サーバ`という列。", _GUIDE),
        Example("MQL(マーケティング適格リード)を渡します。", _GUIDE),
        Example("「ROI」と「ROIC」。", "terms: [{term: 投資対効果, variants: [ROIx]}]"),
        Example("そういうことを言う人。大事な事。"),
        Example("見てみる。やっていく。行く。来る。してくる。"),
        Example("Webサイトとウェブサイト。作る人と創る人。会う人と合う人。"),
        Example("書ける人が書く。使える道具を使う。"),
        Example("> 問合せはこちら。\n\n問い合わせの件数。"),
        Example("問い合わせが増えた。", others=("問い合わせの窓口。",)),
    ),
)
