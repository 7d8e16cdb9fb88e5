from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from msglint.app.cli.output import make_speakable, require_folder, write_file, write_named
from msglint.app.cli.unusable import Unusable


def test_file_is_replaced_as_a_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    number = file.stat().st_ino
    write_file(file, "新しい".encode())
    assert file.read_text("utf-8") == "新しい"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.stat().st_ino != number
    assert list(tmp_path.iterdir()) == [file]


def test_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_file(tmp_path / "a.md", b"new")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("real.md")
    write_file(tmp_path / "link.md", b"new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


def test_nothing_is_left_behind_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_bytes(b"old")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Unusable) as refused:
        write_named(tmp_path / "a.md", b"new")
    assert refused.value.text.ja == f"{tmp_path}/a.md を書けません。No space left on device。"
    assert [(f.name, f.read_bytes()) for f in tmp_path.iterdir()] == [("a.md", b"old")]


def test_device_is_written_into() -> None:
    write_file(Path(os.devnull), b"nothing")
    assert Path(os.devnull).is_char_device()


def test_folder_has_to_be_there(tmp_path: Path) -> None:
    require_folder(None)
    require_folder(str(tmp_path / "new.json"))
    with pytest.raises(Unusable, match=r"there is no folder .*/none\.$"):
        require_folder(str(tmp_path / "none/a.json"))
    with pytest.raises(Unusable, match="it is a folder"):
        require_folder(str(tmp_path))


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("utf-8", "あ😀".encode()),
        ("cp932", "あ?".encode("cp932")),
        ("ascii", "あ😀".encode()),
        ("latin-1", "あ😀".encode()),
    ],
)
def test_stream_takes_any_text(encoding: str, written: bytes) -> None:
    bytes_ = io.BytesIO()
    stream = io.TextIOWrapper(bytes_, encoding)
    make_speakable(stream)
    stream.write("あ😀")
    stream.flush()
    assert bytes_.getvalue() == written
