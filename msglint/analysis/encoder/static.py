"""Models of one vector for each token, read by model2vec: no torch, a fraction of a millisecond a text."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msglint.analysis.encoder import Identity
from msglint.analysis.encoder.model import Model, broken
from msglint.analysis.encoder.named import identity_of, plain, require, sound
from msglint.analysis.encoder.prompts import prompt

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

PACKAGE = "model2vec"
_PLACES = ("", ".", "0_StaticEmbedding")


def is_static(model: Model) -> bool:
    """Whether a model is nothing but vectors of tokens, laid out as model2vec can read them."""
    modules = model.settings("modules.json")
    if modules is None:
        return _is_model2vec(model)
    try:
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
        place = str(modules[0]["path"])
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise broken(model.name, error) from error
    files = [model.folder / place / file for file in ("model.safetensors", "tokenizer.json")]
    alone = kinds[0] == "StaticEmbedding" and {*kinds[1:]} <= {"Normalize"}
    return alone and place in _PLACES and all(file.is_file() for file in files)


def _is_model2vec(model: Model) -> bool:
    settings = model.settings("config.json")
    return isinstance(settings, dict) and "model2vec" in (
        settings.get("model_type"),
        *settings.get("architectures", ()),
    )


class Static:
    """The mean of the vectors of a text's tokens."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __reduce__(self) -> tuple[type[Static], tuple[Model]]:
        return Static, (self._model,)  # another process loads the model for itself

    @functools.cached_property
    def identity(self) -> Identity:
        """Return the model's name, that of the library with its version, and a hash of model and prompt."""
        return identity_of(self._model, PACKAGE, self._prompt)

    @functools.cached_property
    def _prompt(self) -> str:
        return prompt(self._model.name, self._model.settings("config_sentence_transformers.json"))

    @functools.cached_property
    def _loaded(self) -> Any:
        # Its threads gain nothing on an article's sentences, and it warns on stderr when a process forks after them.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        require(self._model, PACKAGE)
        try:
            return _read(self._model)
        except Exception as error:  # what a broken file makes of the libraries is anybody's guess
            raise broken(self._model.name, error) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text; see Encoder. Raises ModelUnusable."""
        import numpy as np

        if not texts:
            return self.encode([""])[:0]
        loaded = self._loaded
        made = loaded.encode([self._prompt + plain(text) for text in texts], normalize=False, use_multiprocessing=False)
        made = made.astype(np.float32)
        lengths = np.linalg.norm(made, axis=1, keepdims=True)
        np.divide(made, lengths, out=made, where=lengths > 0)
        return sound(self._model, made)


def _read(model: Model) -> Any:
    from model2vec import StaticModel

    if (model.folder / "config.json").is_file():
        return StaticModel.from_pretrained(model.folder)
    import numpy as np
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    # A model of sentence-transformers, which counts every token: one it does not know, and one after the 512th.
    place = model.settings("modules.json")[0]["path"]
    vectors = load_file(model.folder / place / "model.safetensors")["embedding.weight"]
    tokenizer = Tokenizer.from_file(str(model.folder / place / "tokenizer.json"))
    rows = None if len(tokenizer.get_vocab()) == len(vectors) else np.arange(len(vectors))
    made = StaticModel(vectors, tokenizer, token_mapping=rows, max_length=None)
    made.unk_token_id = None
    return made
