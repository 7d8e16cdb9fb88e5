"""Learns the network that reads contradiction from the labelled guides, and measures it on guides it has not seen.

python training/contradiction.py --wheel ja_ginza-….whl --corpora DIR              # cross-validates, writes the model
python training/contradiction.py --wheel ja_ginza-….whl --corpora DIR --fold X,Y   # measures on X and Y alone

Guides that are held out are read with an encoder, too, that was learned without them. Twenty minutes on one core. The
same bytes on one thread with the same versions.
"""

from __future__ import annotations

import argparse
import functools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
import yaml
from folds import PARTS, Folds, opened, parts
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from texts import sections
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from msglint.analysis.contradiction.features import RELATED, Seen, Side, Sight, related
from msglint.analysis.contradiction.gate import DOUBT, Gate, bends, cues_of
from msglint.analysis.contradiction.network import MODEL, OPEN, Network, distance
from msglint.analysis.contradiction.own import TELLING, Contradictions
from msglint.analysis.encoder.builtin import Builtin
from msglint.analysis.meaning import CARRIED, RARITY
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim

LABELLED = Path(__file__).with_name("labelled")
SEEDS = (1, 2)
EPOCHS, BATCH, RATE = 9, 96, 3e-3
WORDS, HIDDEN, EMBEDDED = 250, 32, 16
PROSE, SHARE = 3000, 0.08
"""Pairs of prose about other things and a claim that the gate learns from, and the share of sections they are from."""

OTHER = ("neutral", "elsewhere", "aside")
"""Kinds of pairs whose passage is not about the claim."""

KINDS = (*(f"{sign}{table}" for table in ("predicates", "judgements", "outcomes") for sign in "+-"), "wrong")

STRETCH = 5.0
"""Cosines are small beside cues; so much larger the gate learns from them."""

MISSED = 0.03
"""So many of the passages that contradict are not let through to be read closely."""

MADE_UP, NEUTRAL = 2500, 700
"""Pairs made up for each round: claims taken from other items, and passages about something else."""

Guide = Mapping[str, Any]


class Pair(NamedTuple):
    """A passage, the texts that state a claim and those that contradict it, whether the passage does, if real."""

    text: str
    claim: tuple[str, ...]
    against: tuple[str, ...]
    contradicts: bool
    real: bool
    kind: str = ""


def guides(folder: Path = LABELLED) -> dict[str, Guide]:
    """Return the labelled guides by name."""
    read = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return {guide["name"]: guide for guide in read}


def stated(claim: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts of a claim and those of its contradictions."""
    return (claim["statement"], *(claim.get("paraphrases") or ())), tuple(claim.get("contradictions") or ())


def pairs(guide: Guide) -> list[Pair]:
    """Return the items of a guide that are about a claim."""
    claims = {c["id"]: stated(c) for c in guide["claims"]}
    return [
        Pair(i["text"], *claims[i["claim"]], i["kind"].startswith("contradicts"), real=True, kind=i["kind"])
        for i in guide["items"]
        if i["claim"]
    ]


def neutral(guide: Guide, rng: random.Random, count: int) -> list[Pair]:
    """Return pairs in which the passage is about no claim or another one, which it may contradict (`elsewhere`)."""
    claims = [(c["id"], *stated(c)) for c in guide["claims"]]
    made = list[Pair]()
    for item in rng.choices(guide["items"], k=count):
        claim, says, against = rng.choice(claims)
        against_another = item["kind"].startswith("contradicts")
        if item["claim"] != claim and not (against_another and rng.random() < 0.5):
            kind = "elsewhere" if against_another else "neutral"
            made.append(Pair(item["text"], says, against, contradicts=False, real=True, kind=kind))
    return made


def made_up(learned: Sequence[Guide], rng: random.Random, count: int) -> list[Pair]:
    """Return pairs whose claim is another item: sides are changed, so that style alone tells nothing."""
    claims = [(stated(c), [p for p in pairs(g) if p.claim == stated(c)[0]]) for g in learned for c in g["claims"]]
    made = list[Pair]()
    while len(made) < count:
        (says, against), items = rng.choice(claims)
        item = rng.choice(items)
        wrong = [p.text for p in items if p.kind == "contradicts-plain" and p is not item]
        right = [p.text for p in items if p.kind in {"supports-plain", "supports-far"} and p is not item]
        rng.shuffle(wrong)
        rng.shuffle(right)
        one = says if rng.random() < 0.4 else tuple(right[: rng.randint(1, 2)])
        other = against if against and rng.random() < 0.3 else tuple(wrong[: rng.randint(0, 2)])
        turned = bool(other) and rng.random() < 0.6
        if turned:
            one, other = other, one if rng.random() < 0.7 else ()
        made.append(Pair(item.text, one, other, item.contradicts != turned, real=False))
    return made


class Calibration(NamedTuple):
    """What makes probabilities: the logistic function of scale × the networks' answer + share × the cues + shift.

    Where only the gate has answered, of slope × its answer + level.
    """

    scale: float
    share: float
    shift: float
    slope: float = 0.0
    level: float = 0.0


class Eyes:
    """Passages and claims as the network sees them with an encoder's words, each read once."""

    def __init__(self, encoder: Builtin) -> None:
        sight = Sight(encoder.words)
        self.encode = encoder.encode
        self.seen: Callable[[str], Seen] = functools.cache(lambda text: sight.see([(Passage.of(text), None)]))
        self.side: Callable[[tuple[str, ...]], Side] = functools.cache(sight.side)


class Net(nn.Module):
    """The network as it learns; msglint.analysis.contradiction.network is the same in NumPy."""

    def __init__(self, words: int, numbers: int) -> None:
        super().__init__()
        self.emb = nn.Embedding(words + 1, EMBEDDED, padding_idx=0)
        self.inp = nn.Linear(EMBEDDED + numbers, 2 * HIDDEN)
        self.gru = nn.GRU(2 * HIDDEN, HIDDEN, bidirectional=True, batch_first=True)
        self.att = nn.Linear(2 * HIDDEN, 2)
        self.out = nn.Sequential(nn.Linear(6 * HIDDEN, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 1))
        self.drop = nn.Dropout(0.3)

    def forward(self, names: Any, numbers: Any, lengths: Any) -> Any:
        """Return the logits of a batch."""
        inputs = torch.cat([self.drop(self.emb(names)), numbers], 2)
        hidden = self.drop(torch.relu(self.inp(inputs)))
        packed = pack_padded_sequence(hidden, lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.gru(packed)[0], batch_first=True, total_length=names.shape[1])
        gone = torch.where(torch.arange(names.shape[1])[None] < lengths[:, None], 0.0, -1e4)[:, :, None]
        look = torch.softmax(self.att(states) + gone, 1)
        pooled = [(look[:, :, :1] * states).sum(1), (look[:, :, 1:] * states).sum(1), (states + gone).max(1).values]
        return self.out(self.drop(torch.cat(pooled, 1)))[:, 0]


def tensors(batch: Sequence[Pair], eyes: Eyes, known: Mapping[str, int]) -> tuple[Any, Any, Any]:
    """Return names, numbers and lengths of a batch."""
    seen = [eyes.seen(p.text) for p in batch]
    longest = max(len(s.norms) for s in seen)
    width = seen[0].own.shape[1] + seen[0].axes.shape[1] + RELATED + 1
    names, numbers = np.zeros((len(batch), longest), np.int64), np.zeros((len(batch), longest, width), np.float32)
    for i, (pair, one) in enumerate(zip(batch, seen, strict=True)):
        size = len(one.norms)
        names[i, :size] = [known.get(norm, 0) for norm in one.norms]
        light = related(one, eyes.side(pair.claim), eyes.side(pair.against))
        numbers[i, :size] = np.hstack([one.own, one.axes, light, np.full((size, 1), pair.real, np.float32)])
    lengths = torch.tensor([len(s.norms) for s in seen])
    return torch.from_numpy(names), torch.from_numpy(numbers), lengths


def vocabulary(learned: Sequence[Guide], eyes: Eyes) -> list[str]:
    """Return the words known by name: those that stand often in most guides, so that none is a guide's subject."""
    often = Counter[str]()
    for guide in learned:
        inside = Counter(norm for p in pairs(guide) for norm in set(eyes.seen(p.text).norms))
        often.update({norm: 1 + min(n, 50) / 1000 for norm, n in inside.items() if n > 2})
    need = max(2, int(0.7 * len(learned)))
    return [norm for norm, n in sorted(often.items(), key=lambda w: (-w[1], w[0])) if n >= need][:WORDS]


def learn(learned: Sequence[Guide], words: Sequence[str], eyes: Eyes, seed: int, epochs: int = EPOCHS) -> Net:
    """Return a network that has learned from the guides."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    known = {word: i + 1 for i, word in enumerate(words)}
    real = [p for guide in learned for p in pairs(guide)]
    net = Net(len(words), tensors(real[:1], eyes, known)[1].shape[2])
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-4)
    steps = epochs * ((2 * len(real) + MADE_UP + NEUTRAL) // BATCH + 2)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.15)
    for _ in range(epochs):
        net.train()
        for batch in _round(learned, real, eyes, rng):
            wanted = torch.tensor([0.03 + 0.94 * p.contradicts for p in batch])
            loss = binary_cross_entropy_with_logits(net(*tensors(batch, eyes, known)), wanted)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rates.step()
    return net.eval()


def restored(state: Mapping[str, Any]) -> Net:
    """Return the network that has learned those arrays."""
    words, inputs = len(state["emb.weight"]) - 1, state["inp.weight"].shape[1]
    net = Net(words, inputs - EMBEDDED)
    net.load_state_dict(state)
    return net.eval()


def _round(learned: Sequence[Guide], real: Sequence[Pair], eyes: Eyes, rng: random.Random) -> list[list[Pair]]:
    others = [p for guide in learned for p in neutral(guide, rng, NEUTRAL // len(learned))]
    all_pairs = [*real, *real, *others, *made_up(learned, rng, MADE_UP)]
    thinned = [p._replace(against=()) if p.real and rng.random() < 0.3 else p for p in all_pairs]
    thinned.sort(key=lambda p: len(eyes.seen(p.text).norms) + rng.random() * 12)
    batches = [thinned[i : i + BATCH] for i in range(0, len(thinned), BATCH)]
    rng.shuffle(batches)
    return batches


def logits(net: Net, words: Sequence[str], of: Sequence[Pair], eyes: Eyes) -> Any:
    """Return what the network answers."""
    known = {word: i + 1 for i, word in enumerate(words)}
    with torch.no_grad():
        parts = [net(*tensors(of[i : i + 128], eyes, known)).numpy() for i in range(0, len(of), 128)]
    return np.concatenate(parts)


def figures(kinds: Any, scores: Any) -> dict[str, float]:
    """Return the areas under the curve of every comparison, and the recall at 5% false positives."""
    kind = np.array(kinds)
    against = np.char.startswith(kind, "contradicts")
    supports = np.char.startswith(kind, "supports")

    def area(wrong: Any, right: Any) -> float:
        both = wrong | right
        return round(float(roc_auc_score(wrong[both], scores[both])), 3)

    limit = np.quantile(scores[supports], 0.95)
    dressed = kind == "contradicts-dressed"
    return {
        "auc": area(against, supports),
        "auc_refuting": area(against, kind == "supports-refuting"),
        "auc_dressed": area(dressed, kind == "supports-dressed"),
        "auc_dressed_refuting": area(dressed, kind == "supports-refuting"),
        "auc_plain_dressed": area(kind == "contradicts-plain", kind == "supports-dressed"),
        "recall_at_5": round(float((scores[against] > limit).mean()), 3),
    }


class Found(NamedTuple):
    """Pairs of guides that were not learned from.

    With the networks' answers (a column for each), the gate's, what the cues say alone, and the cosines to the claims.
    """

    pairs: list[Pair]
    answers: Any
    glance: Any
    heard: Any
    near: Any


class Part(NamedTuple):
    """What was learned without some guides, and what it finds in these."""

    names: tuple[str, ...]
    encoder: Builtin
    words: list[str]
    nets: list[Mapping[str, Any]]
    gate: Gate
    found: Found


def held_out(all_guides: Mapping[str, Guide], names: Sequence[str], prose: Sequence[str], folds: Folds) -> Part:
    """Learn without some guides, which the encoder has not seen either, and answer for them."""
    encoder = folds.without(names)
    eyes, learned = Eyes(encoder), [guide for name, guide in all_guides.items() if name not in names]
    words = vocabulary(learned, eyes)
    judged = [all_guides[name] for name in names]
    of = [p for guide in judged for p in (*pairs(guide), *neutral(guide, random.Random(0), 200))]
    of += aside(judged, prose[1::2], random.Random(0), eyes)
    states = folds.kept(names, "nets", lambda: [learn(learned, words, eyes, seed).state_dict() for seed in SEEDS])
    nets = [restored(state) for state in states]
    near, gate = nearness(of, eyes), fit_gate(learned, words, prose[::2], eyes)
    heard = gate.heard(gate.found([eyes.seen(p.text).norms for p in of]))
    answers = np.stack([logits(net, words, of, eyes) for net in nets], axis=1)
    found = Found(of, answers, gate.answers(heard, near[:, None])[:, 0], heard, near)
    print(",".join(names), figures([p.kind for p in of], answers.mean(1)), flush=True)
    return Part(tuple(names), encoder, words, states, gate, found)


def cross_validate(
    all_guides: Mapping[str, Guide], prose: Sequence[str], folds: Folds, count: int = PARTS
) -> list[Part]:
    """Learn without each of the first `count` parts of the guides in turn."""
    return [held_out(all_guides, names, prose, folds) for names in parts([*all_guides])[:count]]


def joined(parts: Sequence[Part]) -> Found:
    """Return what all parts find."""
    columns = list(zip(*(part.found for part in parts), strict=True))[1:]
    return Found([p for part in parts for p in part.found.pairs], *(np.concatenate(column) for column in columns))


def nearness(of: Sequence[Pair], eyes: Eyes) -> Any:
    """Return the cosine of each passage to the nearest text about its claim."""
    texts = eyes.encode([p.text for p in of])
    about = {p.claim + p.against: eyes.encode([*p.claim, *p.against]) for p in of}
    return np.array([(about[p.claim + p.against] @ text).max() for p, text in zip(of, texts, strict=True)])


def fit_gate(learned: Sequence[Guide], words: Sequence[str], prose: Sequence[str], eyes: Eyes) -> Gate:
    """Return a gate that has learned from guides, and from prose about other things, what to look at.

    Its bound is not set.
    """
    of = [p for guide in learned for p in (*pairs(guide), *neutral(guide, random.Random(0), 200))]
    of += aside(learned, prose, random.Random(0), eyes)
    found = [cues_of(eyes.seen(p.text).norms) for p in of]
    cues = [*words, *KINDS, *in_a_row(learned, words, eyes)]
    rows = np.array([[cue in one for cue in cues] for one in found], np.float32)
    near = STRETCH * bends(nearness(of, eyes))
    model = LogisticRegression(C=0.3, max_iter=1000).fit(np.hstack([rows, near]), [p.contradicts for p in of])
    weights = model.coef_[0].round(4).tolist()
    scaled = tuple(STRETCH * w for w in weights[len(cues) :])
    return Gate(dict(zip(cues, weights[: len(cues)], strict=True)), scaled, -float(model.intercept_[0]))


def in_a_row(learned: Sequence[Guide], words: Sequence[str], eyes: Eyes) -> list[str]:
    """Return the pairs of known words that stand in a row in most guides."""
    often = Counter[str]()
    for guide in learned:
        rows = (pairwise(eyes.seen(p.text).norms) for p in pairs(guide))
        inside = Counter(pair for row in rows for pair in {*row})
        often.update(f"{one} {other}" for (one, other), n in inside.items() if n > 2 and {one, other} <= {*words})
    return sorted(row for row, n in often.items() if n >= 0.7 * len(learned))


def aside(learned: Sequence[Guide], prose: Sequence[str], rng: random.Random, eyes: Eyes) -> list[Pair]:
    """Return pairs of prose about other things and claims, half of them the nearest claim of a guide."""
    made, texts = list[Pair](), eyes.encode(prose)
    for guide in learned:
        claims = [stated(c) for c in guide["claims"]]
        near = np.stack([(texts @ eyes.encode([*says, *against]).T).max(1) for says, against in claims], axis=1)
        for i in rng.sample(range(len(prose)), PROSE // len(learned)):
            claim = claims[int(near[i].argmax())] if rng.random() < 0.5 else rng.choice(claims)
            made.append(Pair(prose[i], *claim, contradicts=False, real=True, kind="aside"))
    return made


def business(corpora: Path) -> list[str]:
    """Return three sentences in a row from every twelfth section or so of the corpora."""
    rng = random.Random(0)
    found = [s for s in sections(corpora) if not s.held_out and rng.random() < SHARE]
    firsts = [rng.randrange(len(s.sentences)) for s in found]
    return ["".join(s.sentences[max(0, i - 1) : i + 2]) for s, i in zip(found, firsts, strict=True)]


def calibrated(found: Found, bound: float) -> Calibration:
    """Return what makes probabilities of the answers.

    0.5 is where 2% of the passages that support their claim lie above, 0.5% of those that are about something else and
    contradict nothing, and one in a thousand of other people's prose.
    """
    kind, both = np.array([p.kind for p in found.pairs]), np.column_stack([found.answers.mean(1), found.heard])
    own = ~np.isin(kind, OTHER)
    against = np.char.startswith(kind[own], "contradicts")
    scale, share = map(float, LogisticRegression(C=1e3).fit(both[own], against).coef_[0])
    weighed = both @ [scale, share] - distance(found.near)
    limits = {"neutral": 0.995, "aside": 0.999}
    highest = [np.quantile(weighed[kind == name], share) for name, share in limits.items()]
    shift = -float(max(np.quantile(weighed[np.char.startswith(kind, "supports")], 0.98), *highest))
    shut = found.glance < bound
    slope, level = np.polyfit(found.glance[shut] - bound, weighed[shut] + shift, 1)
    return Calibration(scale, share, shift, float(slope), float(level))


def shipped(found: Found, calibration: Calibration, bound: float) -> Any:
    """Return the probabilities as msglint makes them of the answers: gate, first network, all networks."""
    given = calibration.share * found.heard + calibration.shift - distance(found.near)
    answers = calibration.scale * found.answers + given[:, None]
    joined = np.where(answers[:, 0] > OPEN, answers.mean(1), answers[:, 0])
    unread = calibration.slope * np.minimum(0, found.glance - bound) + calibration.level
    return np.where(found.glance > bound, _logistic(joined), np.minimum(DOUBT, _logistic(unread)))


def _logistic(odds: Any) -> Any:
    return 1 / (1 + np.exp(-odds))


def evaluate_contradiction(guide: Guide, encoder: Builtin, weigh: Network) -> dict[str, float]:
    """Return the figures of msglint's reading with those networks, on a guide that neither has learned from."""
    claims = claims_of(guide)
    places, reading = {c.id: i for i, c in enumerate(claims)}, Contradictions(claims, encoder, weigh=weigh)
    items = [item for item in guide["items"] if item["claim"]]
    scores = [reading.scores([sentences(i["text"])])[0][:, places[i["claim"]]].max() for i in items]
    return figures([item["kind"] for item in items], np.array(scores))


def evaluated(folds: Folds, corpora: Path, count: int = PARTS) -> dict[str, dict[str, float]]:
    """Return the figures of each guide in the first `count` parts, read with what was learned without its part."""
    every, made = guides(), dict[str, dict[str, float]]()
    for part, network in unseen(every, folds, corpora, count):
        made |= {name: evaluate_contradiction(every[name], part.encoder, network) for name in part.names}
    return made


def unseen(
    every: Mapping[str, Guide], folds: Folds, corpora: Path, count: int = PARTS
) -> Iterator[tuple[Part, Network]]:
    """Yield the first `count` parts, each with the network as msglint has it that has not learned from their guides."""
    parts = cross_validate(every, business(corpora), folds, count)
    bound, calibration = settled(joined(parts))
    for part in parts:
        gate = replace(part.gate, bound=part.gate.bound + bound)
        yield part, Network(arrays(part.words, part.nets, calibration, gate, part.encoder))


def claims_of(guide: Guide) -> list[Claim]:
    """Return the claims of a labelled guide."""
    return [Claim(c["id"], says[0], says[1:], against) for c in guide["claims"] for says, against in [stated(c)]]


def sentences(text: str) -> list[Passage]:
    """Return the sentences of an item."""
    return [Passage.of(part) for part in re.findall(r"[^。！？!?]*(?:[。！？!?]+[」』]?|$)", text) if part]


def main() -> None:
    """Cross-validate, learn, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fold", default="")
    with opened(parser) as (options, folds):
        every, prose = guides(), business(options.corpora)
        if options.fold:
            names = tuple(options.fold.split(","))
            held_out(every, names, prose, folds)
            return
        found = joined(cross_validate(every, prose, folds))
        bound, calibration = settled(found)
        report(found, shipped(found, calibration, bound), bound)
        learned, eyes = list(every.values()), Eyes(Builtin())
        words = vocabulary(learned, eyes)
        nets = folds.kept((), "nets", lambda: [learn(learned, words, eyes, seed).state_dict() for seed in SEEDS])
    gate = fit_gate(learned, words, prose, eyes)
    gate = replace(gate, bound=gate.bound + bound)
    np.savez_compressed(MODEL, **arrays(words, nets, calibration, gate, Builtin()))


def settled(found: Found) -> tuple[float, Calibration]:
    """Return the gate's answer below which nothing is read closely, and the calibration."""
    bound = float(np.quantile(found.glance[[p.contradicts for p in found.pairs]], MISSED))
    return bound, calibrated(found, bound)


def report(found: Found, probabilities: Any, bound: float) -> None:
    """Print the figures of the networks alone and of all together, how many of each kind are flagged.

    And of the contradictions that are flagged in an article those that the gate answers little for: see own.TELLING.
    """
    kinds = np.array([p.kind for p in found.pairs])
    print("networks", figures(kinds, found.answers.mean(1)))
    print("shipped", figures(kinds, probabilities))
    print({str(k): round(float((probabilities[kinds == k] >= CARRIED).mean()), 3) for k in sorted({*kinds})})
    flagged = np.char.startswith(kinds, "contradicts") & (probabilities >= CARRIED / (CARRIED + RARITY * (1 - CARRIED)))
    missed = flagged & (found.glance - bound < TELLING)
    print("flagged in articles", int(flagged.sum()), "of which the gate misses", int(missed.sum()))


def arrays(
    words: Sequence[str], nets: Sequence[Mapping[str, Any]], calibration: Calibration, gate: Gate, encoder: Builtin
) -> dict[str, Any]:
    """Return networks and gate as msglint.analysis.contradiction.network reads them."""
    made: dict[str, Any] = {"vocabulary": np.array(words), "table": encoder.identity.hash, **calibration._asdict()}
    made |= {"cues": np.array(list(gate.cues)), "cue_weights": np.array(list(gate.cues.values()), np.float32)}
    made |= {"near_weights": np.array(gate.near, np.float32), "bound": gate.bound}
    for k, net in enumerate(nets):
        made |= {f"{k}.{name}": np.asarray(value).astype(np.float16) for name, value in net.items()}
    return made


if __name__ == "__main__":
    main()
