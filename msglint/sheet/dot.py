"""Flowcharts by Graphviz, where mermaid's own drawing is not to be had."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence

from msglint.sheet.color import readable

_HEAD = re.compile(r"^\s*(?:flowchart|graph)(?:[ \t]+(TB|TD|BT|LR|RL))?\b[ \t;]*$")
_EDGE = re.compile(
    r"\s*(?:<?--+\s+(?P<said>[^|>-][^|>]*?)\s+--+>?|<?(?P<line>-\.+-|==+|--+)(?:[>ox])?(?:\|(?P<label>[^|]*)\|)?)\s*"
)
_NODE = re.compile(
    r"(?P<id>[^\s\[\](){}<>|&;:\"-]+(?:-[^\s\[\](){}<>|&;:\"->]+)*)"
    r"(?P<open>\(\(|\(\[|\[\[|\[\(|\{\{|\(|\[|\{|>)?"
    r"(?(open)\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^\[\](){}\"]*?))\s*(?:\)\)|\]\)|\]\]|\)\]|\}\}|\)|\]|\}))(?:::\w+)?"
)
_SHAPES = {"((": "ellipse", "{": "diamond", "{{": "hexagon", "[(": "cylinder"}
_SKIPPED = re.compile(r"^\s*(?:%%|classDef\b|class\b|style\b|linkStyle\b|click\b|accTitle|accDescr|direction\b|$)")
_SUBGRAPH = re.compile(r"^\s*subgraph\s+(?P<id>[^\s\[]+)?\s*(?:\[\"?(?P<title>[^\]\"]*)\"?\])?")
_PATIENCE = 20
_LARGEST = 100_000


def graphviz(source: str, color: str, fonts: Sequence[str], text: float) -> str | None:
    """Return a mermaid flowchart drawn by the program dot as SVG; None without it, or for what is no flowchart."""
    program = shutil.which("dot")
    made = dot(source, color, ",".join(fonts), text) if program and len(source) < _LARGEST else None
    if program is None or made is None:
        return None
    try:
        done = subprocess.run(
            [program, "-Tsvg"], input=made.encode(), capture_output=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    svg = done.stdout.decode("utf-8", "replace")
    return svg[svg.find("<svg") :] if "<svg" in svg else None


def dot(source: str, color: str, font: str, text: float) -> str | None:
    """Return a mermaid flowchart in Graphviz's language; None for what it cannot say."""
    lines = [line.rstrip("; \t") for line in source.splitlines() if not _SKIPPED.match(line)]
    head = _HEAD.match(lines[0]) if lines else None
    if head is None:
        return None
    try:
        body = [said for line in lines[1:] for said in _statement(line)]
    except ValueError:
        return None
    border = readable(color, "#ffffff")
    return "\n".join(
        [
            "digraph {",
            f"rankdir={'TB' if head[1] in (None, 'TD') else head[1]}; bgcolor=transparent;",
            f'node [shape=box, fontname={_quoted(font)}, fontsize={text:g}, color="{border}", fontcolor="#1c2126"];',
            f'edge [fontname={_quoted(font)}, fontsize={text:g}, color="#4d5761", fontcolor="#1c2126"];',
            *body,
            "}",
        ]
    )


def _statement(line: str) -> Iterator[str]:
    """Yield what a line of a flowchart says; raises ValueError for one that is not understood."""
    if line.strip() == "end":
        yield "}"
        return
    if line.lstrip().startswith("subgraph"):
        found = _SUBGRAPH.match(line)
        id, title = (found["id"] or "", found["title"]) if found else ("", "")
        yield f'subgraph {_quoted("cluster" + id)} {{ label={_quoted(title or id)}; color="#cfd6dd";'
        return
    before, at, label = list[str](), 0, ""
    while True:
        nodes, at = _nodes(line, at)
        yield from (said for _, said in nodes if said)
        ids = [id for id, _ in nodes]
        yield from (f"{_quoted(a)} -> {_quoted(b)} [label={_quoted(label)}];" for a in before for b in ids)
        if at >= len(line.rstrip()):
            return
        edge = _EDGE.match(line, at)
        if edge is None:
            raise ValueError(line)
        before, at, label = ids, edge.end(), (edge["said"] or edge["label"] or "").strip('" ')


def _nodes(line: str, at: int) -> tuple[list[tuple[str, str]], int]:
    found = list[tuple[str, str]]()
    while True:
        at += len(line[at:]) - len(line[at:].lstrip())
        node = _NODE.match(line, at)
        if node is None:
            raise ValueError(line)
        label = node["quoted"] if node["quoted"] is not None else node["plain"]
        shape = _SHAPES.get(node["open"] or "", "box")
        text = re.sub(r"<br\s*/?>", "\n", label) if label is not None else ""
        found.append((node["id"], f"{_quoted(node['id'])} [label={_quoted(text)}, shape={shape}];" if label else ""))
        at = node.end()
        more = re.match(r"\s*&\s*", line[at:])
        if more is None:
            return found, at
        at += more.end()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
