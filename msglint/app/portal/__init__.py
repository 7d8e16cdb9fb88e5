"""The portal where sales finds the sheets, takes them along, and says what became of them."""

from __future__ import annotations

from msglint.app.portal.settings import Local, Passwords, Proxied, Settings
from msglint.app.portal.site import application

__all__ = ["Local", "Passwords", "Proxied", "Settings", "application"]
