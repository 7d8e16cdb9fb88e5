"""Small models, built on the spot and saved as a user's models lie on disk."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

KANA = "".join(map(chr, range(0x3041, 0x3097)))
LETTERS = sorted({*KANA, *"記事の主張が商談を増やす方針は全社で一つにまとめ、営業と言葉合わせる。読者課題整理質高い"})
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
DIMENSIONS = 32


def sentences(count: int, seed: int = 0) -> list[str]:
    """Return sentences of many lengths, all different."""
    chosen = random.Random(seed)
    return ["".join(chosen.choices(LETTERS, k=chosen.randint(3, 40))) + f"{i}。" for i in range(count)]


def tokenizer() -> Any:
    """Return a tokenizer of single characters."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors

    made = Tokenizer(models.WordLevel({word: i for i, word in enumerate([*SPECIAL, *LETTERS])}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return made


def static(folder: Path) -> Path:
    """Save a StaticEmbedding as sentence-transformers does."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding

    torch.manual_seed(1)
    made = StaticEmbedding(tokenizer(), embedding_dim=DIMENSIONS)
    SentenceTransformer(modules=[made], device="cpu").save(str(folder), create_model_card=False)
    return folder


def nested(folder: Path, plain: Path) -> Path:
    """Save the model in `plain` with its part in a folder of its own, as earlier versions did."""
    (folder / "0_StaticEmbedding").mkdir(parents=True)
    for name in ("model.safetensors", "tokenizer.json"):
        shutil.copy(plain / name, folder / "0_StaticEmbedding" / name)
    shutil.copy(plain / "config_sentence_transformers.json", folder)
    kind = "sentence_transformers.models.StaticEmbedding"
    modules = [{"idx": 0, "name": "0", "path": "0_StaticEmbedding", "type": kind}]
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    return folder


def model2vec(folder: Path) -> Path:
    """Save a model of model2vec; it needs no torch."""
    import numpy as np
    from model2vec import StaticModel

    vectors = np.random.default_rng(2).normal(size=(len(SPECIAL) + len(LETTERS), DIMENSIONS)).astype(np.float32)
    StaticModel(vectors, tokenizer(), config={"model_type": "model2vec"}, normalize=True).save_pretrained(folder)
    return folder


def _bert(kind: type[Any], folder: Path, **settings: Any) -> None:
    import torch
    from transformers import BertConfig, PreTrainedTokenizerFast

    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(LETTERS),
        hidden_size=DIMENSIONS,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.5,  # random weights of the usual size give all texts nearly the same vector
        **settings,
    )
    kind(config).eval().save_pretrained(folder)
    names = dict(zip(("pad", "unk", "cls", "sep", "mask"), SPECIAL, strict=True))
    tokens = {f"{name}_token": token for name, token in names.items()}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer(), model_max_length=512, **tokens).save_pretrained(folder)


def bert(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    """Save a BERT of two layers with random weights as a SentenceTransformer."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertModel

    _bert(BertModel, folder / "base")
    part = Transformer(str(folder / "base"))
    made = SentenceTransformer(modules=[part, Pooling(DIMENSIONS)], device="cpu", prompts=prompts)
    made.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def cross(folder: Path, labels: list[str]) -> Path:
    """Save a cross-encoder with random weights that has these labels."""
    from transformers import BertForSequenceClassification

    _bert(BertForSequenceClassification, folder, id2label=dict(enumerate(labels)))
    return folder


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@contextlib.contextmanager
def hub(folder: Path, name: str) -> Iterator[tuple[str, list[str]]]:
    """Serve the model in `folder` as the Hugging Face Hub does; give the address, and the paths that were asked for."""
    files = {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    asked = list[str]()

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(body=False)

        def do_GET(self) -> None:
            self.answer(body=True)

        def answer(self, *, body: bool) -> None:
            path = self.path.partition("?")[0]
            asked.append(path)
            content = self.content(path)
            self.send_response(404 if content is None else 200)
            content = content or b""
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", f'"{hashlib.sha1(content).hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            if body:
                self.wfile.write(content)

        def content(self, path: str) -> bytes | None:
            if path in (f"/api/models/{name}", f"/api/models/{name}/revision/main"):
                siblings = [{"rfilename": file} for file in files]
                return json.dumps({"id": name, "sha": COMMIT, "siblings": siblings}).encode()
            if path == f"/api/models/{name}/tree/{COMMIT}":
                tree = [{"type": "file", "path": f, "size": len(c), "oid": "0"} for f, c in files.items()]
                return json.dumps(tree).encode()
            return files.get(path.removeprefix(f"/{name}/resolve/{COMMIT}/"))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
