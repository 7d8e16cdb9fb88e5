"""Measure encoders on data that they have not seen: python training/evaluate.py --wheel ja_ginza-….whl --corpora DIR.

Every labelled guide is judged by what was learned without it: the encoder and the networks without its part of the
guides, the weights of coverage without it alone. The table is put into README.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import chive
import numpy as np
from contradiction import evaluated, figures, guides, stated
from folds import PARTS, Folds, opened, parts
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score
from texts import CONTENT, Item, Labelled, Section, jsts, labelled, sections
from weigh import fit, measure, split

from msglint.analysis.coverage import Coverage
from msglint.analysis.encoder.builtin import Builtin
from msglint.analysis.message import Message
from msglint.analysis.on_message import Nearness
from msglint.analysis.passage import Passage
from msglint.analysis.tokens import pos_of
from msglint.guide.load import load_guide
from msglint.model import Source
from msglint.rule import catalogue, discover

MARKETING = ("content/handbook/marketing/", "content/handbook/sales/")
_SPREAD = 4
"""Of the corpora every fourth section is enough to measure on."""


class Scored(NamedTuple):
    """What a scorer says of a guide's items: for each its claims' scores, and its nearness to the guide."""

    claims: Any
    nearness: Any


Scorer = Callable[[Labelled], Scored]

README = Path(__file__).with_name("README.md")


class Encoding(Protocol):
    """Anything that turns texts into vectors of length 1."""

    def __call__(self, texts: Sequence[str]) -> Any:
        """Return one vector for each text."""


def nearest(encode: Encoding) -> Scorer:
    """Return the plain scorer: the nearest sentence of each claim, of the whole guide."""

    def score(guide: Labelled) -> Scored:
        message = guide.message
        texts = encode([item.text for item in guide.items])
        claims = [(texts @ encode([c.statement, *c.paraphrases]).T).max(axis=1) for c in message.claims]
        return Scored(np.stack(claims, axis=1), (texts @ encode(message.sentences).T).max(axis=1))

    return score


def own(fold: Callable[[str], Builtin], guides: Sequence[Labelled]) -> Scorer:
    """Return msglint's scorer; `fold` gives the encoder that was learned without a guide, which measures it."""
    measured = {guide.name: measure(guide, fold(guide.name)) for guide in guides}

    def score(guide: Labelled) -> Scored:
        encoder, weights = fold(guide.name), fit([found for name, found in measured.items() if name != guide.name])
        coverage = Coverage(guide.message.claims, encoder, weights)
        carried = [coverage.scores(split(item.text))[0] for item in guide.items]
        nearness = Nearness(guide.message, encoder)
        return Scored(np.array(carried), np.array([nearness.of(split(item.text))[1] for item in guide.items]))

    return score


def apart(encode: Encoding, guide: Mapping[str, Any]) -> dict[str, float]:
    """Return how well a plain encoder tells what contradicts: by how much nearer it is to a claim's contradictions."""
    claims = {c["id"]: [encode(texts or [""]) for texts in stated(c)] for c in guide["claims"]}
    items = [item for item in guide["items"] if item["claim"]]
    texts = encode([item["text"] for item in items])
    sides = (claims[item["claim"]] for item in items)
    scores = [(against @ text).max() - (says @ text).max() for text, (says, against) in zip(texts, sides, strict=True)]
    return figures([item["kind"] for item in items], np.array(scores))


def tfidf(texts: Sequence[str]) -> Encoding:
    """Return TF-IDF vectors of characters, their pairs and triples, with frequencies from `texts`."""
    model = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, max_features=30_000).fit(texts)
    return lambda found: model.transform(found).toarray().astype(np.float32)


def mean_of(pretrained: chive.Chive) -> Encoding:
    """Return the plain means of chiVe's vectors of content words."""

    def encode(texts: Sequence[str]) -> Any:
        made = np.zeros((len(texts), pretrained.vectors.shape[1]), np.float32)
        for row, text in zip(made, texts, strict=True):
            passage = Passage.of(text)
            for norm, pos_id in zip(passage.norms, passage.pos_ids, strict=True):
                if pos_of(pos_id)[0] in CONTENT and norm in pretrained.rows:
                    row += pretrained.vectors[pretrained.rows[norm]]
        return made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)

    return encode


def judged(guides: Sequence[Labelled], score: Scorer) -> dict[str, float]:
    """Return the columns of what passages carry and of what they are about, as means over the guides."""
    rows = []
    for guide in guides:
        scored = score(guide)
        row = {"claim top-1": _top(guide.items, scored.claims, lambda item: item.supports)}
        row["few words"] = _top(guide.items, scored.claims, lambda item: item.kind == "supports-far")
        row["on-message"] = _auc(guide.items, scored.nearness, lambda item: item.off_message)
        row["near miss"] = _auc(guide.items, scored.nearness, lambda item: item.kind == "near-miss")
        rows.append(row)
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}


def opposed(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the columns of contradiction, as means over the guides' figures."""
    names = {"contradiction": "auc", "rejecting": "auc_refuting", "dressed": "auc_dressed", "recall": "recall_at_5"}
    return {column: float(np.mean([row[name] for row in rows])) for column, name in names.items()}


def _top(items: Sequence[Item], claims: Any, meant: Callable[[Item], bool]) -> float:
    return float(np.mean([row.argmax() == item.claim for item, row in zip(items, claims, strict=True) if meant(item)]))


def _auc(items: Sequence[Item], nearness: Any, off: Callable[[Item], bool]) -> float:
    kept = [i for i, item in enumerate(items) if item.on_message or off(item)]
    return float(roc_auc_score([items[i].on_message for i in kept], nearness[kept]))


def likeness(encode: Encoding, corpora: Path) -> float:
    """Return Spearman's correlation with JSTS valid."""
    pairs = jsts(corpora, "valid")
    cosines = np.sum(encode(pairs.first) * encode(pairs.second), axis=1)
    return float(spearmanr(cosines, pairs.likeness)[0])


def subject(near: Callable[[Sequence[str]], Any], held_out: Sequence[Section]) -> float:
    """Return the area under the curve of telling marketing's and sales' sections of the handbook from the rest."""
    nearness = near(["".join(f"{text}\n" for text in (s.heading or "", *s.sentences)) for s in held_out])
    return float(roc_auc_score([s.path.startswith(MARKETING) for s in held_out], nearness))


def _sample() -> Message:
    """Return the message of the guide at the project's root: marketing's and sales' work together."""
    path = Path(__file__).resolve().parents[1] / "messaging.yaml"
    source = Source(path.name, path.read_bytes())
    return Message.of(load_guide(source, catalogue=catalogue(discover()), read=lambda name: Path(name).read_bytes()))


def table(rows: Mapping[str, Mapping[str, float]]) -> str:
    """Return the evaluation as a Markdown table."""
    names = list(next(iter(rows.values())))
    lines = [["encoder", *names], ["---"] * (len(names) + 1)]
    lines += [[name, *(f"{values[column]:.3f}" for column in names)] for name, values in rows.items()]
    return markdown(lines)


def markdown(lines: Sequence[Sequence[str]]) -> str:
    """Return lines of cells as a Markdown table; the second one is the rule under the head."""
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def compare(folds: Folds, corpora: Path, *, quick: bool) -> dict[str, dict[str, float]]:
    """Return every encoder's row."""
    every, raw, message, found = labelled(), guides(), _sample(), list(sections(corpora))
    held_out, count = [s for s in found if s.held_out][::_SPREAD], 1 if quick else PARTS
    out = parts([guide.name for guide in every])
    rows = dict[str, dict[str, float]]()
    texts = ["".join(s.sentences) for s in found if not s.held_out][::_SPREAD]
    plain = {
        "chiVe, mean": mean_of(chive.read(folds.wheel)),
        "TF-IDF, characters": tfidf([*texts, *jsts(corpora, "train").first]),
    }
    for name, encode in plain.items():
        said = encode(message.sentences)
        area = subject(lambda found, e=encode, s=said: (e(found) @ s.T).max(axis=1), held_out)  # type: ignore[misc]
        rows[name] = {"JSTS": likeness(encode, corpora), "section": area} | judged(every, nearest(encode))
        rows[name] |= opposed([apart(encode, raw[left]) for names in out[:count] for left in names])
    encoder, nearness = folds.without(()), Nearness(message, folds.without(()))
    area = subject(lambda found: np.array([nearness.of([Passage.of(text)])[1] for text in found]), held_out)
    rows["builtin"] = {"JSTS": likeness(encoder.encode, corpora), "section": area}
    rows["builtin"] |= judged(every, own(lambda name: folds.without(next(o for o in out if name in o)), every))
    rows["builtin"] |= opposed(list(evaluated(folds, corpora, count).values()))
    return rows


def main() -> None:
    """Print the table and put it into README.md.

    With --quick contradiction is judged on one part of the guides alone, and the README stays as it is.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="learn less often; README.md stays as it is")
    with opened(parser) as (options, folds):
        made = table(compare(folds, options.corpora, quick=options.quick))
    print(made)
    if not options.quick:
        put(README, "evaluation", made)


def put(page: Path, name: str, made: str) -> None:
    """Put a table into a page, between the marks of that name."""
    before, mark, rest = page.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    page.write_text(f"{before}{mark}{made}\n<!-- /{name} -->{rest.partition(f'<!-- /{name} -->')[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
