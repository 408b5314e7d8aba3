"""A manifest that carries its own hash, so that a changed byte of it is told and not answered from;
the browser checks the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_HEAD, _TAIL = b'{"sha256":"', b'",'
_REST = len(_HEAD) + hashlib.sha256().digest_size * 2 + len(_TAIL)


def sealed(data: Mapping[str, Any]) -> bytes:
    """Data as JSON whose first member is the hash of all bytes that follow it."""
    rest = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()[1:]
    return _HEAD + hashlib.sha256(rest).hexdigest().encode() + _TAIL + rest


def opened(content: bytes) -> dict[str, Any]:
    """The data that was sealed; raise `ValueError` where it is not as it was."""
    rest = content[_REST:]
    if content[:_REST] != _HEAD + hashlib.sha256(rest).hexdigest().encode() + _TAIL:
        raise ValueError("truncated or changed")
    found: dict[str, Any] = json.loads(b"{" + rest, parse_constant=_refused)
    return found


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no number")
