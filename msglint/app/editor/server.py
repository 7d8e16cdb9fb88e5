"""The language server: what it answers an editor, and when it looks at what."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from msglint import __version__
from msglint.app.cli.files import GUIDE, SUFFIXES, Article, find_guide
from msglint.app.cli.project import today
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.app.editor import shown
from msglint.app.editor.desk import Desk, problems_of
from msglint.app.editor.glossary import entries
from msglint.app.editor.shown import Page
from msglint.model import InputInvalid, Problem, Result

T = TypeVar("T")
_PAUSE = 0.2
"""Seconds without a keystroke after which an article is looked at."""


class Server:
    """One editor's session. Articles are read by one thread, in the order in which that was asked for."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._lsp = LanguageServer("msglint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self._reader = ThreadPoolExecutor(1, "msglint")
        self._desks: dict[Path, Desk | None] = {}
        self._open: set[str] = set()
        self._results: dict[str, Result] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._gathering: dict[Path, asyncio.Task[None]] = {}
        self._register()

    def start(self) -> None:
        """Serve on standard input and output until the editor ends it."""
        try:
            self._lsp.start_io()
        finally:
            self._reader.shutdown(wait=False, cancel_futures=True)

    def _register(self) -> None:
        kinds = [types.CodeActionKind.QuickFix, shown.FIX_ALL]
        for method, handler, options in (
            (types.INITIALIZED, self._watch, None),
            (types.TEXT_DOCUMENT_DID_OPEN, self._opened, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, self._changed, None),
            (types.TEXT_DOCUMENT_DID_SAVE, self._saved, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, self._closed, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._touched, None),
            (types.TEXT_DOCUMENT_CODE_ACTION, self._actions, types.CodeActionOptions(code_action_kinds=kinds)),
            (types.TEXT_DOCUMENT_HOVER, self._hover, None),
        ):
            # pygls marks what it is given, which a method does not let it.
            self._lsp.feature(method, options)(functools.partial(handler))

    async def _watch(self, params: types.InitializedParams) -> None:
        """Ask to be told of guides and articles that change outside the editor."""
        files = self._lsp.client_capabilities.workspace
        if not (files and files.did_change_watched_files and files.did_change_watched_files.dynamic_registration):
            return
        globs = (f"**/{GUIDE}", *(f"**/*{suffix}" for suffix in SUFFIXES))
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in globs])
        watching = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await self._lsp.client_register_capability_async(types.RegistrationParams([watching]))

    async def _opened(self, params: types.DidOpenTextDocumentParams) -> None:
        self._open.add(params.text_document.uri)
        self._soon(params.text_document.uri, 0)

    async def _changed(self, params: types.DidChangeTextDocumentParams) -> None:
        self._soon(params.text_document.uri, _PAUSE)

    async def _saved(self, params: types.DidSaveTextDocumentParams) -> None:
        if path := to_fs_path(params.text_document.uri):
            await self._take_in([Path(path)])

    async def _closed(self, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        self._open.discard(uri)
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self._results.pop(uri, None)
        self._publish(uri, [])

    async def _touched(self, params: types.DidChangeWatchedFilesParams) -> None:
        await self._take_in([Path(path) for change in params.changes if (path := to_fs_path(change.uri))])

    async def _take_in(self, files: list[Path]) -> None:
        """Read anew what changed on the disk, and look again at what is open."""
        for file in files:
            if file in self._desks:
                self._forget(file)
        articles = [file for file in files if file.name.lower().endswith(SUFFIXES)]
        for desk in [desk for desk in self._desks.values() if desk]:
            for file in articles:
                await self._read(lambda desk=desk, file=file: desk.reread(file))  # type: ignore[misc]
        for uri in self._open:
            self._soon(uri, 0)

    def _forget(self, guide: Path) -> None:
        del self._desks[guide]
        if gathering := self._gathering.pop(guide, None):
            gathering.cancel()

    def _soon(self, uri: str, pause: float) -> None:
        """Look at a document after a pause, once, however often that is asked for."""
        if waiting := self._waiting.get(uri):
            waiting.cancel()
        self._waiting[uri] = asyncio.create_task(self._after(uri, pause))

    async def _after(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        path = to_fs_path(uri)
        if path is None:
            return
        file = Path(path)
        try:
            if file.name == GUIDE:
                await self._look_at_guide(uri, file)
            elif file.name.lower().endswith(SUFFIXES):
                await self._look_at(uri, file)
        except Exception as error:  # a defect in one article must not end the session
            said = f"msglint: {file.name}: {type(error).__name__}: {error}"
            self._lsp.window_log_message(types.LogMessageParams(types.MessageType.Error, said))

    async def _look_at_guide(self, uri: str, file: Path) -> None:
        text = self._page(uri).text
        found = await self._read(lambda: problems_of(file, text, self._speaker))
        self._tell_problems(uri, found)

    def _tell_problems(self, uri: str, found: tuple[Problem, ...]) -> None:
        page = self._page(uri)
        self._publish(uri, [shown.problem(p, page, self._speaker.language) for p in found])

    async def _look_at(self, uri: str, file: Path) -> None:
        desk = await self._desk(file)
        article = desk.article(file) if desk else None
        if desk is None or article is None:
            self._results.pop(uri, None)
            self._publish(uri, [])
            return
        await self._check(desk, uri, article)
        if desk.file not in self._gathering:
            self._gathering[desk.file] = asyncio.create_task(self._gather(desk))

    async def _check(self, desk: Desk, uri: str, article: Article) -> None:
        page, version = self._page(uri), self._lsp.workspace.get_text_document(uri).version
        try:
            result = await self._read(lambda: desk.check(article, page.text))
        except InputInvalid as invalid:
            self._results.pop(uri, None)
            self._tell_problems(uri, invalid.problems)
            return
        if uri in self._open:
            self._results[uri] = result
            self._publish(uri, [shown.diagnostic(d, page) for d in result.diagnostics], version)

    async def _gather(self, desk: Desk) -> None:
        """Read the other articles, one after another, so that the one being written never waits for them."""
        steps = desk.gather()
        while await self._read(lambda: next(steps, _END)) is not _END:
            pass
        for uri in self._open:
            path = to_fs_path(uri)
            if path and desk.article(Path(path)):
                self._soon(uri, 0)

    async def _desk(self, file: Path) -> Desk | None:
        """Return the repository that an article is of; None without a guide, or with one that cannot be used."""
        try:
            guide = find_guide(file.parent, None)
        except Unusable:
            return None
        held = self._desks.get(guide)
        if held and held.project.environment.today != today():
            self._forget(guide)
        if guide not in self._desks:
            uri = from_fs_path(str(guide)) or ""
            try:
                self._desks[guide] = await self._read(lambda: Desk(guide, self._speaker))
            except InputInvalid as invalid:
                self._desks[guide] = None
                own = tuple(p for p in invalid.problems if Path(guide.parent, p.path) == guide)
                self._tell_of_guide(uri, own or invalid.problems[:1])
            except Unusable as error:
                self._desks[guide] = None
                self._tell_of_guide(uri, (Problem(guide.name, 1, 1, error.text),))
            else:
                self._tell_of_guide(uri, ())
        return self._desks[guide]

    def _tell_of_guide(self, uri: str, found: tuple[Problem, ...]) -> None:
        """Tell what is wrong with a guide on the disk; of one that is open what is being written tells."""
        if uri not in self._open:
            self._tell_problems(uri, found)

    async def _actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        page, result = self._page(uri), self._results.get(uri)
        if result is None:
            return []
        start, end = page.offset(params.range.start), page.offset(params.range.end)
        language = self._speaker.language
        offered = shown.actions(uri, page, result.diagnostics, start, end, language)
        wanted = params.context.only
        return [a for a in offered if not wanted or any(f"{a.kind}.".startswith(f"{kind}.") for kind in wanted)]

    async def _hover(self, params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        path, page = to_fs_path(uri), self._page(uri)
        desk = await self._desk(Path(path)) if path else None
        if desk is None:
            return None
        at, language = page.offset(params.position), self._speaker.language
        result = self._results.get(uri)
        told = [
            shown.manual(desk.rules, result.diagnostics, at, language) if result else "",
            entries(desk.project.guide, page.text, at, language),
        ]
        text = "\n\n---\n\n".join(part for part in told if part)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    def _page(self, uri: str) -> Page:
        document = self._lsp.workspace.get_text_document(uri)
        return Page(document.source, self._lsp.workspace.position_codec.client_num_units)

    def _publish(self, uri: str, diagnostics: list[types.Diagnostic], version: int | None = None) -> None:
        self._lsp.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    async def _read(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reader, work)


_END = object()
