"""Office files are ZIP archives; written anew without the time of day they are the same for the same content."""

from __future__ import annotations

import io
import zipfile

LONGEST_PROPERTY = 255
"""How many characters a property of an office file may have."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o600 << 16
_UNIX = 3


def timeless(archive: bytes) -> bytes:
    """Return a ZIP archive with the same files in the same order, all of them of 1980 and made on one system."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, _EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, _UNIX
            target.writestr(entry, source.read(info.filename))
    return made.getvalue()
