"""What reading for meaning needs from outside: the guide's encoder, and the threshold that was learned with it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from msglint.app.cli.lock import NAME, Lock, read_lock
from msglint.app.cli.models import encoder_of
from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker
from msglint.model import Text

if TYPE_CHECKING:
    from msglint.guide.model import Guide


def measured(project: Project, speaker: Speaker) -> Project:
    """Return `project` with the threshold of its lock file; one that is out of date is told of and left aside."""
    lock = read_lock(project.ground.root)
    if lock is None:
        return project
    if not lock.holds_for(unlearned(project)):
        speaker.line(
            Text(
                f"注意: {NAME} は今のガイドやエンコーダーのものではないため、標準のしきい値を使います。"
                "msglint calibrate で作り直せます。",
                f"Note: {NAME} is not of the present guide or encoder; the shipped threshold is used. "
                "Make it anew with msglint calibrate.",
            ).in_(speaker.language)
        )
        return project
    return dataclasses.replace(project, environment=dataclasses.replace(project.environment, threshold=lock.threshold))


def unlearned(project: Project) -> Lock:
    """Return the lock of `project` before anything is learned: the shipped threshold."""
    from msglint.analysis.message import Message
    from msglint.analysis.on_message import SCALE, THRESHOLD

    drift = project.guide.drift
    identity = encoder_of(project).identity
    return Lock(
        encoder=identity.hash,
        encoder_name=identity.name,
        guide=Message.of(project.guide).hash,
        scale=SCALE,
        threshold=THRESHOLD,
        false_positive_rate=str(drift.false_positive_rate),
        articles=0,
        sections=0,
        learned=False,
    )


def undivided(guide: Guide) -> Guide:
    """Return `guide` with every rule on for every article: what is measured does not depend on what is reported."""
    return dataclasses.replace(
        guide, rules=tuple(s for s in guide.rules if s.options and s.severity != "off"), overrides=()
    )
