"""`msglint lsp`: what an editor is told, over the real protocol to a real process."""

from __future__ import annotations

import asyncio
import functools
import importlib.util
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import BAD, CLEAN, GUIDE, Repository, environment

from msglint.app.cli.main import run

types: Any = pytest.importorskip("lsprotocol.types", reason="pygls is not installed")
from pygls.lsp.client import LanguageClient  # noqa: E402

PATIENCE = 20.0
TERMS = "terms:\n  - {term: サーバー, variants: [サーバ], definition: 要求に答える機械}\n"
FACTS = (
    "facts:\n  - {id: crm, subject: CRM導入率, keywords: [CRM導入率], values: [{value: 37.2, unit: '%', as_of: 2024}], "
    "source: HubSpot調査, caveat: {text: 独自調査による}}\n"
)


class Editor:
    """A client that remembers what it was last told of each document."""

    def __init__(self, folder: Path, encodings: list[str] | None) -> None:
        self.folder = folder
        self._encodings = encodings
        self.client = LanguageClient("test", "1")
        self.told: dict[str, Any] = {}
        self.logged: list[str] = []
        self.registered: list[Any] = []
        self._news = asyncio.Event()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(functools.partial(self._published))
        self.client.feature(types.WINDOW_LOG_MESSAGE)(lambda params: self.logged.append(params.message))
        self.client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: self.registered.append(params))

    def _published(self, params: Any) -> None:
        self.told[params.uri] = params
        self._news.set()

    def uri(self, path: str) -> str:
        return (self.folder / path).as_uri()

    async def start(self) -> Any:
        await self.client.start_io(sys.executable, "-m", "msglint", "lsp", cwd=self.folder, env=environment())
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        able = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=self._encodings),
            workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watching),
        )
        answer = await self.client.initialize_async(types.InitializeParams(able, root_uri=self.folder.as_uri()))
        self.client.initialized(types.InitializedParams())
        return answer

    def open(self, path: str, text: str) -> None:
        item = types.TextDocumentItem(self.uri(path), "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, path: str, text: str, version: int = 2) -> None:
        identity = types.VersionedTextDocumentIdentifier(version, self.uri(path))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identity, [whole]))

    def save(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")
        identity = types.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(identity))

    async def until(self, path: str, wanted: Callable[[list[Any]], bool]) -> list[Any]:
        """Return what is told of a document once it is as `wanted`."""

        async def told() -> list[Any]:
            while not (params := self.told.get(self.uri(path))) or not wanted(params.diagnostics):
                self._news.clear()
                await self._news.wait()
            return list(params.diagnostics)

        return await asyncio.wait_for(told(), PATIENCE)

    async def actions(self, path: str, line: int, character: int, *only: str) -> list[Any]:
        at = types.Position(line, character)
        context = types.CodeActionContext([], only=list(only) or None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(self.uri(path)), types.Range(at, at), context)
        return list(await self.client.text_document_code_action_async(params) or [])

    async def hover(self, path: str, line: int, character: int) -> str | None:
        params = types.HoverParams(types.TextDocumentIdentifier(self.uri(path)), types.Position(line, character))
        found = await self.client.text_document_hover_async(params)
        return str(getattr(found.contents, "value", "")) if found else None


@asynccontextmanager
async def editing(repository: Repository, encodings: list[str] | None = None) -> AsyncIterator[Editor]:
    editor = Editor(repository.folder, encodings)
    await editor.start()
    try:
        yield editor
    finally:
        await asyncio.wait_for(editor.client.shutdown_async(None), PATIENCE)
        editor.client.exit(None)
        await asyncio.wait_for(editor.client.stop(), PATIENCE)  # type: ignore[no-untyped-call]


def session(test: Callable[[Editor], Awaitable[None]], repository: Repository, **kwargs: Any) -> None:
    async def run() -> None:
        async with editing(repository, **kwargs) as editor:
            await test(editor)
            assert editor.logged == []

    asyncio.run(run())


def span(diagnostic: Any) -> tuple[int, int, int, int]:
    r = diagnostic.range
    return r.start.line, r.start.character, r.end.line, r.end.character


def test_what_is_wrong_is_marked_and_goes_as_one_writes(repository: Repository) -> None:
    async def test(editor: Editor) -> None:
        editor.open("content/a.md", BAD)
        (one,) = await editor.until("content/a.md", bool)
        assert (one.code, one.source, one.severity) == ("banned-phrase", "msglint", types.DiagnosticSeverity.Error)
        assert span(one) == (4, 6, 4, 13)
        assert one.message.startswith("「必ず成果が出る」はガイドの禁止表現です。成果を保証する表現は使えない。")
        editor.change("content/a.md", CLEAN)
        assert await editor.until("content/a.md", lambda told: not told) == []

    session(test, repository)


@pytest.mark.parametrize(("encodings", "start"), [(None, 8), (["utf-16"], 8), (["utf-8"], 22), (["utf-32"], 7)])
def test_places_are_in_the_units_of_the_editor(repository: Repository, encodings: list[str] | None, start: int) -> None:
    async def test(editor: Editor) -> None:
        editor.open("content/a.md", BAD.replace("この施策", "この😀施策"))
        (one,) = await editor.until("content/a.md", bool)
        assert span(one)[:2] == (4, start)

    session(test, repository, encodings=encodings)


def test_repairs_are_offered_and_can_be_put_in_all_at_once(repository: Repository) -> None:
    repository.write("messaging.yaml", GUIDE + TERMS)
    text = "---\ntitle: 題\n---\n\nサーバを足します。\n\n- サーバを見ます。\n"

    async def test(editor: Editor) -> None:
        editor.open("content/a.md", text)
        assert len(await editor.until("content/a.md", lambda told: len(told) == 2)) == 2
        fix, silence, everything = await editor.actions("content/a.md", 4, 1)
        assert (fix.title, fix.kind, fix.is_preferred) == ("「サーバー」に書き換える", "quickfix", True)
        (edit,) = fix.edit.changes[editor.uri("content/a.md")]
        assert (edit.range.start.character, edit.range.end.character, edit.new_text) == (0, 3, "サーバー")
        assert silence.title == "ここでは term-variant を検査しない(理由を書く)"
        (edit,) = silence.edit.changes[editor.uri("content/a.md")]
        assert (edit.range.start.line, edit.new_text) == (
            4,
            "<!-- msglint-disable-next-line term-variant -- 理由を書く -->\n",
        )
        assert (everything.title, everything.kind) == ("安全な修正をすべて入れる(2か所)", "source.fixAll.msglint")
        assert [e.range.start.line for e in everything.edit.changes[editor.uri("content/a.md")]] == [4, 6]
        # In a list a comment would stand between the items.
        assert [a.kind for a in await editor.actions("content/a.md", 6, 3)] == ["quickfix", "source.fixAll.msglint"]
        asked = await editor.actions("content/a.md", 0, 0, "source.fixAll")
        assert [a.kind for a in asked] == ["source.fixAll.msglint"]
        assert await editor.actions("content/a.md", 0, 0, "quickfix") == []

    session(test, repository)


def test_the_pointer_tells_what_the_guide_says(repository: Repository) -> None:
    repository.write("messaging.yaml", GUIDE + TERMS + FACTS)

    async def test(editor: Editor) -> None:
        editor.open("content/a.md", "---\ntitle: 題\n---\n\nサーバーを足す。CRM導入率は上がる。弊社の窓口。\n")
        await editor.until("content/a.md", bool)
        assert await editor.hover("content/a.md", 4, 2) == (
            "**サーバー**  \n要求に答える機械  \n使わない言い方: サーバ"
        )
        assert await editor.hover("content/a.md", 4, 12) == (
            "**CRM導入率**: 37.2%(2024)  \n出典: HubSpot調査  \n注意書き: 独自調査による"
        )
        manual = await editor.hover("content/a.md", 4, 20)
        assert manual is not None
        assert manual.startswith("**banned-phrase**: ")
        assert await editor.hover("content/a.md", 4, 6) is None

    session(test, repository)


def test_articles_are_compared_with_the_others(repository: Repository) -> None:
    repository.write("content/b.md", "---\ntitle: 題\n---\n\n問い合わせの窓口です。問い合わせが増えました。\n")

    async def test(editor: Editor) -> None:
        text = "---\ntitle: 題\n---\n\n問合せを待ちます。\n"
        editor.open("content/a.md", text)
        (one,) = await editor.until("content/a.md", bool)
        assert (one.code, one.severity) == ("term-variant", types.DiagnosticSeverity.Information)
        assert one.message == "「問合せ」は、ほかの記事では「問い合わせ」と2回書かれています。"
        (editor.folder / "content/b.md").unlink()
        gone = types.FileEvent(editor.uri("content/b.md"), types.FileChangeType.Deleted)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([gone]))
        assert await editor.until("content/a.md", lambda told: not told) == []
        assert [r.registrations[0].method for r in editor.registered] == ["workspace/didChangeWatchedFiles"]

    session(test, repository)


def test_a_guide_is_checked_as_it_is_written_and_taken_on_when_saved(repository: Repository) -> None:
    async def test(editor: Editor) -> None:
        editor.open("content/a.md", BAD)
        await editor.until("content/a.md", bool)
        editor.open("messaging.yaml", GUIDE)
        await editor.until("messaging.yaml", lambda told: not told)
        wrong = GUIDE.replace("severity: warning", "severty: warning")
        editor.change("messaging.yaml", wrong)
        (one,) = await editor.until("messaging.yaml", bool)
        assert span(one)[0] == wrong[: wrong.index("severty")].count("\n")
        assert "severity" in one.message
        fewer = GUIDE.replace("必ず成果が出る, reason", "全く別の言い方, reason")
        editor.change("messaging.yaml", fewer, 3)
        await editor.until("messaging.yaml", lambda told: not told)
        editor.save("messaging.yaml", fewer)
        assert await editor.until("content/a.md", lambda told: not told) == []
        editor.change("messaging.yaml", wrong, 4)
        editor.save("messaging.yaml", wrong)
        (one,) = await editor.until("messaging.yaml", bool)
        assert one.severity == types.DiagnosticSeverity.Error
        editor.open("content/b.md", BAD)
        assert await editor.until("content/b.md", lambda told: not told) == []

    session(test, repository)


def test_a_guide_that_cannot_be_used_is_told_of_where_it_is(repository: Repository) -> None:
    wrong = GUIDE.replace("severity: warning", "severty: warning")
    repository.write("messaging.yaml", wrong)

    async def test(editor: Editor) -> None:
        editor.open("content/a.md", BAD)
        (one,) = await editor.until("messaging.yaml", bool)
        assert span(one)[0] == wrong[: wrong.index("severty")].count("\n")
        assert await editor.until("content/a.md", lambda told: not told) == []
        (editor.folder / "messaging.yaml").write_text(GUIDE, encoding="utf-8")
        mended = types.FileEvent(editor.uri("messaging.yaml"), types.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([mended]))
        assert await editor.until("messaging.yaml", lambda told: not told) == []
        (one,) = await editor.until("content/a.md", bool)
        assert one.code == "banned-phrase"

    session(test, repository)


def test_what_is_no_article_is_left_alone(repository: Repository) -> None:
    async def test(editor: Editor) -> None:
        for path in ("content/drafts/a.md", "notes.md", "content/page.txt"):
            editor.open(path, BAD)
        editor.open("content/a.md", BAD)
        await editor.until("content/a.md", bool)
        assert await editor.actions("notes.md", 4, 8) == []
        told = {Path(uri).name: params.diagnostics for uri, params in editor.told.items() if params.diagnostics}
        assert [*told] == ["a.md"]
        assert editor.uri("content/page.txt") not in editor.told

    session(test, repository)


def test_an_article_may_have_a_japanese_name(repository: Repository) -> None:
    repository.write("content/別の記事.md", "---\ntitle: 題\n---\n\n問い合わせの窓口です。問い合わせが増えました。\n")

    async def test(editor: Editor) -> None:
        editor.open("content/記事 1.md", "---\ntitle: 題\n---\n\n問合せなら必ず成果が出る。\n")
        told = await editor.until("content/記事 1.md", lambda told: len(told) == 2)
        assert [d.code for d in told] == ["term-variant", "banned-phrase"]
        assert [a.kind for a in await editor.actions("content/記事 1.md", 4, 6)] != []

    session(test, repository)


def test_without_a_guide_it_is_silent(repository: Repository) -> None:
    (repository.folder / "messaging.yaml").unlink()

    async def test(editor: Editor) -> None:
        editor.open("content/a.md", BAD)
        assert await editor.until("content/a.md", lambda told: not told) == []
        assert await editor.hover("content/a.md", 4, 8) is None

    session(test, repository)


def test_it_ends_when_the_editor_is_gone(repository: Repository) -> None:
    ran = repository.run("lsp", typed=b"")
    assert ran.status in (0, 1)
    assert "Traceback" not in ran.err


def test_without_pygls_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "pygls" else known(name, *rest)
    )
    assert run(["lsp"]) == 2
    assert capsys.readouterr().err == (
        "msglint: 言語サーバーには追加の部品が要ります(pygls)。pip install 'msglint[lsp]' を実行してください。\n"
    )
