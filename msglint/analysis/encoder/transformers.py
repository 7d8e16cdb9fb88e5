"""Any model of Sentence Transformers, by torch, on whatever device there is."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msglint.analysis.encoder import Identity
from msglint.analysis.encoder.model import Model, ModelUnusable, broken
from msglint.analysis.encoder.named import even, identity_of, lengths_of, plain, quiet, require, sound
from msglint.analysis.encoder.prompts import prompt

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

PACKAGE = "sentence-transformers"


class Transformers:
    """A SentenceTransformer, loaded when the first text is encoded, with its own prompt for likeness of meaning."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __reduce__(self) -> tuple[type[Transformers], tuple[Model]]:
        return Transformers, (self._model,)

    @functools.cached_property
    def identity(self) -> Identity:
        """Return the model's name, that of the library with its version, and a hash of model and prompt."""
        return identity_of(self._model, PACKAGE, self._prompt)

    @functools.cached_property
    def _prompt(self) -> str:
        return prompt(self._model.name, self._model.settings("config_sentence_transformers.json"))

    @functools.cached_property
    def _loaded(self) -> Any:
        require(self._model, PACKAGE)
        try:
            with quiet():
                import sentence_transformers

                loaded = sentence_transformers.SentenceTransformer(str(self._model.folder), local_files_only=True)
                # Half precision, in which many a model is stored, would make a vector depend on its batch.
                return loaded.float().eval()
        except Exception as error:  # what a broken file makes of the libraries is anybody's guess
            raise broken(self._model.name, error) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text; see Encoder. Raises ModelUnusable."""
        if not texts:
            return self.encode([""])[:0]
        try:
            return sound(self._model, self._encoded([plain(text) for text in texts]))
        except ModelUnusable:
            raise
        except Exception as error:  # memory that runs out, a tokenizer that does not fit its model
            raise broken(self._model.name, error) from error

    def _encoded(self, texts: list[str]) -> Vectors:
        import numpy as np

        loaded, rows = self._loaded, dict[int, Any]()
        with quiet():
            for batch in even(self._lengths(texts)):
                made = loaded.encode(
                    [texts[i] for i in batch],
                    prompt=self._prompt,
                    batch_size=len(batch),
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
                rows |= zip(batch, made, strict=True)
        return np.array([rows[i] for i in range(len(texts))], np.float32)

    def _lengths(self, texts: list[str]) -> list[int]:
        """Return the texts' lengths in tokens; a model without a tokenizer of transformers pads nothing."""
        tokenizer = getattr(self._loaded, "tokenizer", None)
        if not hasattr(tokenizer, "pad_token_id"):
            return [0] * len(texts)
        return lengths_of(tokenizer, [self._prompt + text for text in texts])
