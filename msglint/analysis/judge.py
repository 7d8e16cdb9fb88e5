"""A cross-encoder for natural language inference: whether one text contradicts another, or entails it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msglint.analysis.encoder import Identity
from msglint.analysis.encoder.find import find
from msglint.analysis.encoder.hub import Told
from msglint.analysis.encoder.model import Model, ModelUnusable, broken
from msglint.analysis.encoder.named import even, identity_of, lengths_of, plain, quiet, require, sound
from msglint.analysis.encoder.remembered import Store, recalled
from msglint.analysis.encoder.transformers import PACKAGE

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

Pair = tuple[str, str]
"""A premise (what the article says) and a hypothesis (what the guide says)."""

CONTRADICTION, ENTAILMENT, NEUTRAL = range(3)
_SPELLINGS = {
    CONTRADICTION: ("contradict", "矛盾"),
    ENTAILMENT: ("entail", "含意"),
    NEUTRAL: ("neutral", "中立"),
}


class Judge:
    """An NLI cross-encoder, loaded for the first pair that is new; what it said of a pair is kept in `store`.

    Raises ModelUnusable when the model's settings do not tell which of its outputs is contradiction.
    """

    def __init__(self, model: Model, store: Store | None = None) -> None:
        self._model = model
        self._store = store
        self._columns = _columns(model)

    @functools.cached_property
    def identity(self) -> Identity:
        """Return the model's name, the library's version, and a hash of the model."""
        return identity_of(self._model, PACKAGE)

    def probabilities(self, pairs: Sequence[Pair]) -> Vectors:
        """Return for each pair how probably it is a contradiction, an entailment, neutral: shape (pairs, 3).

        Raises ModelUnusable.
        """
        import numpy as np

        if not pairs:
            return np.zeros((0, len(_SPELLINGS)), np.float32)
        return recalled([(plain(p), plain(h)) for p, h in pairs], self._judged, self.identity, self._store)

    def _judged(self, pairs: Sequence[Pair]) -> Vectors:
        try:
            return sound(self._model, self._ordered(self._softmax(pairs)))
        except ModelUnusable:
            raise
        except Exception as error:  # what a broken file makes of the libraries is anybody's guess
            raise broken(self._model.name, error) from error

    def _softmax(self, pairs: Sequence[Pair]) -> Vectors:
        import numpy as np

        loaded, rows = _loaded(self._model), dict[int, Any]()
        with quiet():
            for batch in even(lengths_of(loaded.tokenizer, *zip(*pairs, strict=True))):
                logits = loaded.predict(
                    [pairs[i] for i in batch],
                    batch_size=len(batch),
                    activation_fn=_as_it_is,
                    show_progress_bar=False,
                )
                rows |= zip(batch, logits, strict=True)
        made = np.array([rows[i] for i in range(len(pairs))], np.float64)
        made = np.exp(made - made.max(axis=1, keepdims=True))
        return np.asarray(made / made.sum(axis=1, keepdims=True), np.float32)

    def _ordered(self, made: Vectors) -> Vectors:
        """Return the columns in the order contradiction, entailment, neutral (of zeros when the model has none)."""
        import numpy as np

        ordered = np.zeros((len(made), len(_SPELLINGS)), np.float32)
        for label, column in self._columns.items():
            ordered[:, label] = made[:, column]
        return ordered


@functools.lru_cache(maxsize=1)
def _loaded(model: Model) -> Any:
    require(model, PACKAGE)
    with quiet():
        import sentence_transformers

        loaded = sentence_transformers.CrossEncoder(str(model.folder), local_files_only=True)
        return loaded.float().eval()


def _as_it_is(logits: Any) -> Any:
    return logits


def _columns(model: Model) -> dict[int, int]:
    """Return the model's column of each label, however the model's settings spell it."""
    settings = model.settings("config.json")
    given = settings.get("id2label") if isinstance(settings, dict) else None
    found = dict[int, int]()
    for column, name in given.items() if isinstance(given, dict) else ():
        for label, spellings in _SPELLINGS.items():
            if str(name).casefold().startswith(spellings) and str(column).isdecimal():
                found[label] = int(column)
    if CONTRADICTION in found and ENTAILMENT in found:
        return found
    raise ModelUnusable(
        model.name,
        f"モデル {model.name} は矛盾を判定できません。"
        "config.json の id2label に contradiction と entailment が要ります。",
        f"The model {model.name} does not judge contradiction: "
        "its config.json needs contradiction and entailment under id2label.",
    )


def open_judge(name: str, root: str | Path, store: Store | None = None, told: Told | None = None) -> Judge:
    """Return the NLI model that a guide in the folder `root` calls `name`; see open_encoder. Raises ModelUnusable."""
    return Judge(find(name, Path(root).resolve(), store, told), store)
