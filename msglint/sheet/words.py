"""The words that sheets say themselves, one set for all formats."""

from __future__ import annotations

from collections.abc import Mapping

from msglint.model import Text

SECTIONS: Mapping[str, Text] = {
    "summary": Text("要点", "Key points"),
    "problem": Text("課題", "Problem"),
    "solution": Text("解決の方向", "Solution"),
    "proof": Text("根拠", "Proof"),
    "objection": Text("よくある反論と答え", "Objections and answers"),
    "talk-track": Text("商談での話し方", "Talk track"),
    "diagram": Text("図", "Diagram"),
    "next-step": Text("次の一歩", "Next step"),
}
"""What each kind of section is called; a kind of the guide's own is called by its name."""

KEY_MESSAGE = Text("お伝えしたいこと", "Key message")
PERSONA = Text("相手", "For")
STAGE = Text("段階", "Stage")
CHALLENGES = Text("こんなお困りごとに", "What it helps with")
FACTS = Text("この資料の数字", "Figures used here")
FIGURE = Text("数字", "Figure")
SUBJECT = Text("何の数字か", "Of what")
SOURCE = Text("出典", "Source")
CAVEAT = Text("前提と注意", "Caveat")
QUESTION = Text("お客さまの声", "Objection")
ANSWER = Text("答え方", "Answer")
PROVENANCE = Text("この資料について", "About this sheet")
ARTICLE = Text("元の記事", "Article")
HEADING = Text("見出し", "Heading")
COMMIT = Text("コミット", "Commit")
DATE = Text("更新日", "Updated")
DIGEST = Text("元の記事のSHA-256", "SHA-256 of the article")
GUIDE = Text("ガイドの版", "Guide revision")
VERSION = Text("資料の版", "Version")
APPROVED_BY = Text("承認", "Approved by")
EXPIRES = Text("有効期限", "Valid until")

STATES: Mapping[str, Text] = {
    "current": Text("承認済み", "Approved"),
    "changed": Text("承認後に変更あり", "Changed since approval"),
    "expired": Text("承認の期限切れ", "Approval expired"),
    "unapproved": Text("未承認", "Not approved"),
    "draft": Text("下書き", "Draft"),
}
DRAFT = Text(
    "msglint が記事から抜き出したものです。人が確かめるまで、お客さまに渡さないでください。",
    "Extracted from the article by msglint. Do not hand it to a customer before a person has checked it.",
)
FAULTS = Text(
    "元の記事に、直していない誤りがあります。お客さまに渡す前に直してください。",
    "The article has errors that were not mended. Mend them before handing this to a customer.",
)
STATE = Text("承認の状態", "State")
TABLE = Text("表", "Table")
DONE = Text("済み", "done")
OPEN = Text("まだ", "open")
UNDRAWN = Text(
    "この図は描けなかったため、元の書き方のまま載せています。", "This diagram could not be drawn; this is its source."
)

INDEX = Text("営業シート一覧", "Sales sheets")
SEARCH = Text("言葉で探す", "Search")
SEARCH_HINT = Text("例: 予算 転換率", "for example: budget conversion")
ALL = Text("すべて", "All")
CLEAR = Text("条件を消す", "Clear")
COUNT = Text("{}件", "{} sheets")
NONE_FOUND = Text("条件に合うシートはありません。", "No sheet matches.")
PREVIEW = Text("プレビュー", "Preview")
CLOSE = Text("閉じる", "Close")
HELPED = Text("役に立った", "Helped")
OUTDATED = Text("元の記事が更新済み", "Article has changed")
FAULTY = Text("誤りあり", "Has errors")
COVERAGE = Text("誰に、どの段階で渡せるか", "For whom, at which stage")
HOLE = Text("なし", "None")
NO_SCRIPT = Text("検索と絞り込みには JavaScript が必要です。", "Searching and filtering need JavaScript.")


def section_title(kind: str) -> Text:
    """Return what sections of `kind` are called on a sheet."""
    return SECTIONS.get(kind, Text(kind, kind))


def line(number: int) -> Text:
    """Return how a line of the article is named."""
    return Text(f"{number}行目", f"line {number}")
