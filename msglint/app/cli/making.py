"""Makes the files of sheets that are not of today's article, guide and template, and leaves the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from msglint.app.cli.output import write_named
from msglint.app.cli.unusable import Unusable, reason
from msglint.model import Text
from msglint.sheet.formats import FORMATS, missing, renderer, stamp
from msglint.sheet.manifest import NAME, File, Record, decode, record
from msglint.sheet.model import Look, Sheet, Unrenderable


@dataclass(frozen=True, slots=True)
class Plan:
    """A sheet that is to be there: how it looks, its formats, and what the manifest said of it last time."""

    sheet: Sheet
    look: Look
    formats: tuple[str, ...]
    known: Record | None

    def stale(self, folder: Path) -> dict[str, str]:
        """Return the formats whose file is not there or not of this sheet, each with its new stamp; may raise."""
        made = {format: stamp(self.sheet, self.look, format) for format in self.formats}
        files = self.known.files if self.known else {}
        return {
            format: new
            for format, new in made.items()
            if format not in files or files[format].stamp != new or not (folder / files[format].path).is_file()
        }

    @property
    def retold(self) -> bool:
        """Whether the files tell of another commit, day or approval than there is now."""
        now = record(self.sheet, {})
        told = ("commit", "day", "state", "approved_by", "approved_on", "expires")
        return self.known is not None and any(getattr(self.known, name) != getattr(now, name) for name in told)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a plan: its record, how many files were written, and what could not be made."""

    record: Record | None
    written: int = 0
    failures: tuple[tuple[str, Text], ...] = ()


def read_manifest(folder: Path) -> dict[str, Record]:
    """Return the records of the manifest in `folder` by name; none when there is no manifest. Raises Unusable."""
    file = folder / NAME
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Unusable(f"{file} を読めません。{reason(error).ja}", f"Cannot read {file}. {reason(error).en}") from error
    try:
        return {name: known for name, known in decode(content).items() if all(map(_inside, _paths(known)))}
    except ValueError:
        raise Unusable(
            f"{file} は msglint の作ったものではありません。別のフォルダーを指定するか、このファイルを消してください。",
            f"{file} was not made by msglint. Name another folder, or remove this file.",
        ) from None


def _paths(known: Record) -> Iterator[str]:
    yield from (file.path for file in known.files.values())
    yield from known.kept


def _inside(path: str) -> bool:
    """Whether a path of the manifest is one that msglint may have written."""
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and "\\" not in path and parts.suffix[1:] in FORMATS


def make(plan: Plan, folder: Path, *, keep: bool) -> Made:
    """Write the files of a plan that are not of today; a format that cannot be made leaves the file that was there."""
    failures, files, contents = [], dict(plan.known.files if plan.known else {}), {}
    retold, known = plan.retold, plan.known
    for format in plan.formats:
        try:
            render = renderer(format)
            new = stamp(plan.sheet, plan.look, format)
            old = files.get(format)
            if retold or old is None or old.stamp != new or not (folder / old.path).is_file():
                contents[format] = (new, render(plan.sheet, plan.look))
        except Unrenderable as error:
            failures.append((format, error.reason))
        except ImportError as error:
            failures.append((format, missing(format, error).reason))
    changed = known is not None and known.version != plan.sheet.version
    number = (known.number + changed) if known else 1
    kept = known.kept if known else ()
    if keep and changed and known and contents:
        kept = (*kept, *_put_aside(known, folder))
    for format, (new, content) in contents.items():
        path = f"{plan.sheet.name}.{format}"
        _write(folder / path, content)
        files[format] = File(path, new)
    order = {f: files[f] for f in FORMATS if f in files}
    if not order:
        return Made(None, 0, tuple(failures))
    told = record(plan.sheet, order, number=number, kept=kept)
    return Made(replace(told, outdated=bool(failures)), len(contents), tuple(failures))


def _put_aside(known: Record, folder: Path) -> Iterator[str]:
    """Give the files of a version its number, and yield their new paths."""
    for file in known.files.values():
        path = PurePosixPath(file.path)
        aside = path.with_name(f"{path.stem}.{known.number}{path.suffix}")
        if (folder / path).is_file():
            _write(folder / aside, (folder / path).read_bytes())
            yield str(aside)


def remove(gone: Sequence[Record], folder: Path) -> None:
    """Remove the files of sheets that are no more, but not those that were kept on purpose."""
    for one in gone:
        for file in one.files.values():
            (folder / file.path).unlink(missing_ok=True)
            for parent in (folder / file.path).parents:
                if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()


def _write(file: Path, content: bytes) -> None:
    make_folder(file.parent)
    write_named(file, content)


def make_folder(folder: Path) -> None:
    """Make `folder` and those it lies in; raises Unusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(
            f"フォルダー {folder} を作れません。{reason(error).ja}", f"Cannot make {folder}. {reason(error).en}"
        ) from error


def made_all(
    plans: Sequence[Plan], folder: Path, *, keep: bool, count: Callable[[int], None] | None
) -> Mapping[str, Made]:
    """Make what is planned, and return what became of each by the sheet's name."""
    found = {}
    for plan in plans:
        found[plan.sheet.name] = make(plan, folder, keep=keep)
        if count:
            count(1)
    return found
