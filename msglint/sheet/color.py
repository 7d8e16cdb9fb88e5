"""Colours that can be read on each other, by WCAG's contrast."""

from __future__ import annotations

READABLE = 4.5
"""The least contrast of text with its background (WCAG AA)."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#rrggbb): 1 for the same, 21 for black and white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on(background: str) -> str:
    """Return black or white, whichever is read better on `background`."""
    return max("#ffffff", "#000000", key=lambda c: contrast(c, background))


def readable(color: str, background: str) -> str:
    """Return `color`, made darker or lighter only as far as needed to be read on `background`."""
    target = _channels(on(background))
    for percent in range(0, 101, 4):
        mixed = [round(c + (t - c) * percent / 100) for c, t in zip(_channels(color), target, strict=True)]
        made = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(made, background) >= READABLE:
            return made
    return on(background)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (x / 255 for x in _channels(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
