"""The store's tables. What cannot be is refused here, not only in Python."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from msglint.loop.types import Moment, Points

SCHEMA = "0002"
"""The newest migration: what a store's schema has to be at."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _check(name: str, condition: str) -> CheckConstraint:
    return CheckConstraint(condition, name=name)


def _flag(name: str, *, nullable: bool = True) -> Column[bool]:
    return Column(name, Boolean(create_constraint=True, name=name), nullable=nullable)


def _lead(*, nullable: bool, primary_key: bool = False) -> Column[str]:
    to = ForeignKey("lead.id", onupdate="CASCADE")  # a lead that is to be forgotten gets another id
    return Column("lead", String, to, nullable=nullable, primary_key=primary_key, index=not primary_key)


HANDOFF_REVISION = Table(
    "handoff_revision",
    METADATA,
    Column("revision", String, primary_key=True),
    Column("effective_from", Date, nullable=False, unique=True),
    Column("definition", JSON, nullable=False),
    Column("agreed_marketing", String),
    Column("agreed_sales", String),
    Column("agreed_on", Date),
)

LEAD = Table(
    "lead",
    METADATA,
    Column("id", String, primary_key=True),
    Column("system", String, nullable=False),
    Column("record", String, nullable=False),
    Column("email", String, index=True),
    *(Column(name, String) for name in "company employees industry title owner source lifecycle status".split()),
    Column("created_at", Moment),
    Column("mql_at", Moment),
    Column("called_at", Moment),
    _flag("clocked", nullable=False),
    Column("sql_at", Moment),
    Column("rejected_at", Moment),
    Column("reject_reason", String),
    *(_flag(name) for name in "budget authority need timeline".split()),
    _flag("explore", nullable=False),
    Column("fields", JSON, nullable=False),
    _check("id", "system <> '' AND record <> '' AND id = system || ':' || record"),
    _check("sql_after_mql", "sql_at >= mql_at"),
    _check("accepted_or_rejected", "sql_at IS NULL OR rejected_at IS NULL"),
)

HANDOVER = Table(
    "handover",
    METADATA,
    _lead(nullable=False, primary_key=True),
    Column("mql_at", Moment, nullable=False),
    Column("origin", String, nullable=False),
    Column("score", Points),
    Column("revision", String, ForeignKey("handoff_revision.revision")),
    Column("sql_at", Moment),
    _check("origin", "origin IN ('crm', 'guide')"),
    _check("judged", "origin <> 'guide' OR (score IS NOT NULL AND revision IS NOT NULL)"),
    _check("sql_after_mql", "sql_at >= mql_at"),
)

ACTION = Table(
    "action",
    METADATA,
    Column("id", Integer, primary_key=True),
    _lead(nullable=False),
    Column("action", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("detail", String, nullable=False),
    UniqueConstraint("lead", "action", "at", "detail"),
    _check("action", "action <> ''"),
)

DEAL = Table(
    "deal",
    METADATA,
    Column("id", String, primary_key=True),
    Column("system", String, nullable=False),
    Column("record", String, nullable=False),
    _lead(nullable=True),
    *(Column(name, String) for name in "name account owner pipeline stage".split()),
    Column("amount", BigInteger),
    Column("opened_on", Date),
    Column("expected_on", Date),
    Column("closed_on", Date, index=True),
    Column("outcome", String),
    Column("lost_reason", String),
    _check("id", "system <> '' AND record <> '' AND id = system || ':' || record"),
    _check("outcome", "outcome IN ('won', 'lost')"),
    _check("closed_with_outcome", "(closed_on IS NULL) = (outcome IS NULL)"),
    _check("closed_after_opened", "closed_on >= opened_on"),
)

ARTICLE_FIGURE = Table(
    "article_figure",
    METADATA,
    Column("path", String, primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date, primary_key=True),
    Column("views", BigInteger),
    Column("conversions", BigInteger),
    _check("path", "path <> ''"),
    _check("period", "until >= since"),
    _check("views", "views >= 0"),
    _check("conversions", "conversions >= 0"),
)

SHEET = Table(
    "sheet",
    METADATA,
    Column("sheet", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("article", String, nullable=False),
    Column("source_commit", String),
    Column("source_sha256", String),
    Column("state", String, nullable=False),
    Column("approved_by", String),
    Column("approved_on", Date),
    Column("expires_on", Date),
    _check("state", "state IN ('unapproved', 'approved', 'stale')"),
    _check("approved", "state <> 'approved' OR (approved_by IS NOT NULL AND approved_on IS NOT NULL)"),
    _check("expires", "expires_on >= approved_on"),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", String, primary_key=True),
    Column("met_on", Date, nullable=False),
    Column("rep", String, nullable=False),
    Column("deal", String, ForeignKey("deal.id"), index=True),
    _lead(nullable=True),
    Column("temperature", Integer),
    _flag("as_promised"),
    Column("need", String),
    Column("request", String),
    _check("of_one", "(deal IS NULL) <> (lead IS NULL)"),
    _check("temperature", "temperature BETWEEN 1 AND 5"),
)

FEEDBACK_ITEM = Table(
    "feedback_item",
    METADATA,
    Column("feedback", String, ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True),
    Column("sheet", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", String),
    _flag("conflict", nullable=False),
    _flag("edited"),
    ForeignKeyConstraint(["sheet", "version"], ["sheet.sheet", "sheet.version"]),
    _check("verdict", "verdict IN ('helped', 'shown_no_effect', 'not_usable', 'not_used')"),
    _check("reason", "verdict <> 'not_usable' OR (reason IS NOT NULL AND reason <> '')"),
)

ACTION_ITEM = Table(
    "action_item",
    METADATA,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("what", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("due", Date, nullable=False),
    Column("feedback", String, ForeignKey("feedback.id", ondelete="SET NULL")),
    Column("closed_on", Date),
    Column("closing_commit", String),
    _check("kind", "kind IN ('content', 'criteria')"),
    _check("named", "what <> '' AND owner <> ''"),
    _check("closing", "closing_commit IS NULL OR closed_on IS NOT NULL"),
)

FORGOTTEN = Table(
    "forgotten",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("on", Date, nullable=False),
)

IMPORTED = Table(
    "imported",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", String, nullable=False, index=True),
    Column("rows", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    _check("kind", "kind IN ('leads', 'deals', 'actions', 'pages', 'feedback')"),
    _check("counts", "changed >= 0 AND rows >= changed"),
)

REVIEW = Table(
    "review",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("period", String, primary_key=True),
    Column("held_on", Date, nullable=False),
    Column("marketing", String, nullable=False),
    Column("sales", String, nullable=False),
    Column("minutes", String),
    _check("kind", "kind IN ('monthly', 'quarterly')"),
    _check("both_sides", "marketing <> '' AND sales <> ''"),
)

STATEMENT = Table(
    "statement",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("point", Integer, nullable=False, index=True),
    Column("said", String, nullable=False),
    Column("holds", Boolean(create_constraint=True, name="holds"), nullable=False),
    Column("by", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("link", String),
    _check("point", "point BETWEEN 1 AND 15"),
    _check("named", "said <> '' AND \"by\" <> ''"),
)

VISIT = Table(
    "visit",
    METADATA,
    Column("on", Date, primary_key=True),
    Column("person", String, primary_key=True),
    _check("person", "person <> ''"),
)
