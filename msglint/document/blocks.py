"""The blocks of an article while they are being read, in reading order."""

from __future__ import annotations

from msglint.document.collected import Collected, Context, Mark
from msglint.document.model import Kind


class Blocks:
    """Opens and closes blocks, and knows what stands around the one being read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.all: list[Collected] = []
        self.block: Collected | None = None
        self.kinds = [Kind.PARAGRAPH]
        self.quote = 0
        self.group: int | None = None
        self.label: str | None = None
        self._groups = 0
        self._around: list[Collected] = []

    def new_group(self) -> int:
        """Return the number of a list or table that begins."""
        self._groups += 1
        return self._groups - 1

    def context(self) -> Context:
        """Return where a paragraph stands that begins here."""
        return Context(self.kinds[-1], 0, self.quote > 0, self.group, label=self.label)

    def open(self, start: int, context: Context | None = None) -> Collected:
        """Begin a block, and end the one before."""
        self.close(start)
        self.block = Collected(context or self.context(), start)
        self.all.append(self.block)
        return self.block

    def current(self, start: int) -> Collected:
        """Return the block being read; text at `start` without one begins a paragraph."""
        return self.block or self.open(start)

    def close(self, end: int) -> None:
        """End the block being read, if there is one, before `end`; line ends and blanks are not its own."""
        if block := self.block:
            while end > block.start and self.source[end - 1] in " \t\r\n":
                end -= 1
            block.end = end
            self.block = None

    def begin_alt(self, start: int) -> None:
        """Begin the alt text of an image inside the block being read."""
        around = self.current(start)
        self.mark("!", start)
        self._around.append(around)
        self.block = Collected(around.context._replace(kind=Kind.ALT, level=0), start)
        self.all.append(self.block)

    def end_alt(self, end: int) -> None:
        """End the alt text, and put a placeholder in its place."""
        if self.block and self._around:
            self.block.end = end
            self.block = self._around.pop()
            self.block.cut(self.block.marks.pop(), end)

    def mark(self, name: str, start: int) -> None:
        """Note that something called `name` begins that is not prose, should it end."""
        block = self.current(start)
        block.marks.append(Mark(name, len(block.parts), start, len(self.all)))

    def cut(self, name: str, end: int, *, hidden: bool = False) -> None:
        """Take out all since `name` began in this block, alt texts too; nothing when it did not."""
        block = self.block
        marks = block.marks if block else []
        i = next((i for i in reversed(range(len(marks))) if marks[i].name == name), None)
        if block and i is not None:
            mark = marks[i]
            del marks[i:], self.all[mark.blocks :]
            block.cut(mark, end, hidden=hidden)
