"""A signature that this user's builds alone can make: who opens a Whoosh index runs what its
pickles say, so that only one of our own is opened.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from kb_tools import state

_BYTES = 32


def key_file() -> Path:
    """Where the key of this user is."""
    return state.folder() / "index.key"


def signature(digest: str) -> str:
    """The signature of a digest; empty where no key can be kept."""
    key = _key() or _new_key()
    return hmac.new(key, digest.encode(), "sha256").hexdigest() if key else ""


def is_own(digest: str, told: str) -> bool:
    """Tell whether a signature is of this user."""
    key = _key()
    if not key or not told.isascii():
        return False
    return hmac.compare_digest(hmac.new(key, digest.encode(), "sha256").hexdigest(), told)


def _key() -> bytes:
    try:
        found = key_file().read_bytes()
    except (OSError, RuntimeError):
        return b""
    return found if len(found) == _BYTES else b""


def _new_key() -> bytes:
    """A new key, kept for this user alone; that of another run that was first counts."""
    with suppress(OSError, RuntimeError):  # no home, or one that is read only
        path = key_file()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        try:
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(_BYTES))
            with suppress(FileExistsError):
                os.link(aside, path)
        finally:
            aside.unlink(missing_ok=True)
    return _key()
