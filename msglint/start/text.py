"""A first guide as text, with what a person has to decide said in comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msglint.model import Language, Text
from msglint.start.expansions import Abbreviation
from msglint.start.figures import Figure
from msglint.start.proposal import Proposal
from msglint.start.words import Word

PACKS = ("msglint:keihyo", "msglint:b2b-terms")
_GLOBS = ("content/**/*.md",)
_PLACES = 2
"""How many articles are named for a figure."""
_HEAD = Text(
    "{n}件の記事から msglint init が作った下書きです。読んで、会社の決めごとに直してください。\n"
    "「#」で始まる行は説明と案です。使う案は、行の頭の「# 」を消してください。",
    "A draft that msglint init made of {n} articles. Read it, and make it what your company holds to.\n"
    'Lines that begin with "#" explain or propose: to use a proposal, take the "# " away.',
)
_EXTENDS = Text(
    "keihyo は景品表示法に触れやすい表現、b2b-terms は用語の表記のゆれを集めた辞書です。",
    "keihyo has phrasings that Japan's law on misleading claims is about, b2b-terms common misspellings of terms.",
)
_UNTITLED = Text(
    "記事の先頭に title がある記事が少ないので、先頭の項目は検査しません。",
    "Few articles have front matter with a title, so it is not checked.",
)
_STAGES = Text(
    "記事が挙げている購買の段階です。進む順に並べ、name を添えてください。",
    "The stages that articles name. Put them in the order that buyers go through, and give each a name.",
)
_READERS = Text(
    "記事が挙げている読み手です。name と、何に困っているか(challenges)を添えてください。",
    "The readers that articles name. Give each a name, and what troubles them (challenges).",
)
_CLAIMS = Text(
    "会社が伝えたい主張です。記事からは決められません。3つから5つ、1文ずつ書いてください。\n"
    "contradictions には、よく聞く反対の考えを書きます。",
    "What the company stands for. Articles cannot tell: write three to five, one sentence each.\n"
    "contradictions are the opposite beliefs that one hears.",
)
_CLAIM = (
    "claims:",
    "  - id: one-message",
    "    statement: どの記事でも同じ主張を伝える仕組みが、商談化率を高める",
    "    contradictions: [記事ごとに主張が違っていても商談には影響しない]",
)
_FIGURES = Text(
    "調査の数字と、2件以上の記事が挙げている数字です。正しい値と出典(source)を確かめてから使ってください。",
    "Figures of surveys, and those that two or more articles give. Find out the right value and its source before use.",
)
_NO_FIGURES = Text(
    "記事で何度も使う数字は、出典と一緒に登録します。",
    "Figures that articles use again and again are registered with their source.",
)
_FACT = (
    "facts:",
    "  - id: crm-adoption",
    "    subject: 日本企業のCRM導入率",
    "    keywords: [CRM導入率]",
    '    values: [{value: 37.2, unit: "%", as_of: 2024}]',
    "    source: HubSpot調査",
)
_TERMS = Text(
    "記事の表記が分かれている語です。右の数は使われた回数です。多いほうを term にしてあります。",
    "Words that articles spell in more than one way, with how often. The usual spelling is the term.",
)
_ABBREVIATIONS = Text(
    "略語です。記事で初めて使うときに、何の略かを添えることになります。",
    "Abbreviations: at its first use an article has to say what one stands for.",
)
_UNEXPLAINED = Text(
    "何の略かを添えていない記事のほうが多い略語です。",
    "Abbreviations that most articles do not explain.",
)
_DROPPED = Text(
    "辞書とは違う表記のほうが多い語です。辞書の指摘を止めてあります。",
    "Words that the articles mostly spell otherwise than the pack: what it says of them is switched off.",
)
_BANNED = Text(
    "使わない表現です。理由(reason)は、指摘を読む書き手に伝わります。",
    "Phrasings not to be used. The reason is what the writer reads.",
)
_PHRASE = (
    "banned:",
    "  - {phrase: 必ず成果が出る, reason: 成果を保証する表現は使えない, unless: [negated, quoted]}",
)
_SHEETS = Text("記事に付いているタグから作る営業シートです。", "The sales sheet made of the sections that are tagged.")


def guide_text(proposal: Proposal, name: str, language: Language) -> str:
    """Return `messaging.yaml` for `proposal`, of the folder called `name`; comments are in `language`."""
    parts = [
        [*_comment(_HEAD, language, n=proposal.articles), *_beginning(name, language)],
        [*_comment(_EXTENDS, language), f"extends: {_flow(list(PACKS))}"],
        ["content:", f"  include: {_flow(list(proposal.include or _GLOBS))}"],
        _rules(proposal, language),
        _stages(proposal, language),
        _readers(proposal, language),
        [*_comment(_CLAIMS, language), *_aside(_CLAIM)],
        _facts(proposal, language),
        _terms(proposal, language),
        [*_comment(_BANNED, language), *_aside(_PHRASE)],
        _sheets(proposal, language),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _beginning(name: str, language: Language) -> Iterator[str]:
    title = Text(f"{name} メッセージングガイド", f"The messaging guide of {name}").in_(language)
    return iter(("version: 1", f"name: {_flow(title)}", f"language: {language}"))


def _rules(proposal: Proposal, language: Language) -> list[str]:
    if proposal.titled or not proposal.articles:
        return []
    return [*_comment(_UNTITLED, language), "rules:", "  front-matter: off"]


def _stages(proposal: Proposal, language: Language) -> list[str]:
    entries = [f"  - {_flow({'id': stage})}" for stage in proposal.stages]
    return [*_comment(_STAGES, language), "stages:", *entries] if entries else []


def _readers(proposal: Proposal, language: Language) -> list[str]:
    entries = []
    for reader in proposal.readers:
        entry = {"id": reader.id} | ({"register": reader.register} if reader.register else {})
        told = Text(f"{reader.articles}件", f"articles: {reader.articles}").in_(language)
        entries.append(f"  - {_flow(entry)}  # {told}")
    return [*_comment(_READERS, language), "personas:", *entries] if entries else []


def _facts(proposal: Proposal, language: Language) -> list[str]:
    if not proposal.figures:
        return [*_comment(_NO_FIGURES, language), *_aside(_FACT)]
    lines = ["facts:"]
    for number, figure in enumerate(proposal.figures, 1):
        lines += _fact(number, figure, language)
    return [*_comment(_FIGURES, language), *_aside(lines)]


def _fact(number: int, figure: Figure, language: Language) -> Iterator[str]:
    yield f"  - id: fact-{number}"
    yield f"    subject: {_flow(figure.subject)}"
    yield f"    keywords: {_flow([figure.subject])}"
    yield "    values:"
    for value, unit, text, paths in figure.stated:
        more = Text(f" ほか{len(paths) - _PLACES}件", f" and {len(paths) - _PLACES} more").in_(language)
        places = ", ".join(paths[:_PLACES]) + (more if len(paths) > _PLACES else "")
        yield f"      - {{value: {value:f}, unit: {_quoted(unit)}}}  # {text}: {places}"
    yield "    source:"


def _terms(proposal: Proposal, language: Language) -> list[str]:
    usual = [a for a in proposal.abbreviations if a.usual]
    rest = [a for a in proposal.abbreviations if not a.usual]
    lines = list[str]()
    if proposal.words:
        lines += [*_indented(_TERMS, language), *(_word(word) for word in proposal.words)]
    if proposal.dropped:
        off = sorted({spelling for word in proposal.dropped for spelling, _ in word.rarer})
        lines += [*_indented(_DROPPED, language), *(f"  - {_flow({'term': term, 'variants': []})}" for term in off)]
    if usual:
        lines += [*_indented(_ABBREVIATIONS, language), *(f"  - {_expanded(a)}" for a in usual)]
    if rest:
        lines += [*_indented(_UNEXPLAINED, language), *(f"  # - {_expanded(a)}" for a in rest)]
    entries = [line for line in lines if line.startswith("  - ")]
    return [*(["terms:"] if entries else ["# terms:"]), *lines] if lines else []


def _word(word: Word) -> str:
    entry = {"term": word.term, "variants": [spelling for spelling, _ in word.rarer]}
    counts = ", ".join(f"{spelling} {times}" for spelling, times in ((word.term, word.times), *word.rarer))
    return f"  - {_flow(entry)}  # {counts}"


def _expanded(abbreviation: Abbreviation) -> str:
    first, *others = abbreviation.expansions
    return _flow({"term": abbreviation.term, "expansion": [first, *others] if others else first})


def _sheets(proposal: Proposal, language: Language) -> list[str]:
    if not proposal.kinds:
        return []
    required = [f"    required: {_flow(list(proposal.required))}"] if proposal.required else []
    return [
        *_comment(_SHEETS, language),
        "sheets:",
        "  one-pager:",
        '    title: "{{ article.title }}"',
        f"    sections: {_flow(list(proposal.kinds))}",
        *required,
        "    formats: [html, pdf, pptx]",
    ]


def _comment(text: Text, language: Language, **values: object) -> list[str]:
    return [f"# {line}" for line in text.in_(language).format(**values).split("\n")]


def _indented(text: Text, language: Language) -> list[str]:
    return [f"  {line}" for line in _comment(text, language)]


def _aside(lines: Iterable[str]) -> Iterator[str]:
    return (f"# {line}" for line in lines)


def _quoted(text: str) -> str:
    return f'"{text}"' if text in {"%", "‰"} else _flow(text)


def _flow(value: Any) -> str:
    """Return `value` as YAML on one line."""
    import yaml

    written = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=float("inf"))
    return str(written).removesuffix("\n").removesuffix("\n...")
