"""Write the needles of the packs' regular expressions beside the packs. `--check` fails when they are stale."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from msglint.guide.literals import read_needles
from msglint.guide.load import load_guide
from msglint.model import Source
from msglint.rule import builtin, catalogue

OUT = Path(__file__).parent.parent / "msglint" / "guide" / "packs" / "needles.json"


def needles() -> str:
    """Return the file's content: a JSON object from each expression to its needles."""
    packs = sorted(f.stem for f in OUT.parent.glob("*.yaml"))
    text = "version: 1\nname: packs\nextends: [" + ", ".join(f"msglint:{name}" for name in packs) + "]\n"

    def read(path: str) -> bytes:
        raise FileNotFoundError(path)

    guide = load_guide(Source("messaging.yaml", text.encode()), catalogue=catalogue(builtin()), read=read)
    patterns = sorted(entry.phrase for entry in guide.banned if entry.match == "regex")
    return json.dumps({p: read_needles(p) for p in patterns}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    made = needles()
    stale = not OUT.exists() or OUT.read_text("utf-8") != made
    if "--check" in sys.argv:
        sys.exit("stale: run python tools/gen_pack_docs.py" if stale else 0)
    OUT.write_text(made, "utf-8")
