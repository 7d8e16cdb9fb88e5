"""Reviews that were held, statements for the checklist, who used the portal, and when files were imported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from msglint.loop.types import Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _imported()
    _review()
    _statement()
    op.create_table(
        "visit",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.CheckConstraint("person <> ''", name=op.f("ck_visit_person")),
        sa.PrimaryKeyConstraint("on", "person", name=op.f("pk_visit")),
    )


def _imported() -> None:
    op.create_table(
        "imported",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('leads', 'deals', 'actions', 'pages', 'feedback')", name=op.f("ck_imported_kind")),
        sa.CheckConstraint("changed >= 0 AND rows >= changed", name=op.f("ck_imported_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported")),
    )
    op.create_index(op.f("ix_imported_kind"), "imported", ["kind"])


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("marketing", sa.String(), nullable=False),
        sa.Column("sales", sa.String(), nullable=False),
        sa.Column("minutes", sa.String()),
        sa.CheckConstraint("kind IN ('monthly', 'quarterly')", name=op.f("ck_review_kind")),
        sa.CheckConstraint("marketing <> '' AND sales <> ''", name=op.f("ck_review_both_sides")),
        sa.PrimaryKeyConstraint("kind", "period", name=op.f("pk_review")),
    )


def _statement() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("holds", sa.Boolean(create_constraint=True, name=op.f("ck_statement_holds")), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("link", sa.String()),
        sa.CheckConstraint("point BETWEEN 1 AND 15", name=op.f("ck_statement_point")),
        sa.CheckConstraint("said <> '' AND \"by\" <> ''", name=op.f("ck_statement_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_point"), "statement", ["point"])
