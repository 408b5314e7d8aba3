"""What was fitted to questions: how words and likeness are fused, and when to answer.

A base without a fit of its own takes the package's careful defaults.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb_tools import layout
from kb_tools.errors import InvalidSource, Problem

DEFAULT = Path(__file__).parent / "fitted.json"
_FEATURES = {"words": 6, "meaning": 8}
"""How many numbers a decision weighs: with words alone, and with likeness of meaning."""
_HINT = "Restore the file, or remove it to take the program's own."


def load(root: Path) -> Mapping[str, Any]:
    """Read the fit of a knowledge base; raise `InvalidSource` where it is not one."""
    own = root / layout.FITTED
    try:
        text = (own if own.exists() else DEFAULT).read_text("utf-8")
        found: Mapping[str, Any] = json.loads(text)
    except (OSError, ValueError) as error:
        problem = Problem(f"{layout.FITTED}:1", f"cannot be read: {error}", _HINT)
        raise InvalidSource([problem]) from error
    if not _is_fit(found):
        what = "not a fit: a number that answers need is missing, or is none"
        raise InvalidSource([Problem(f"{layout.FITTED}:1", what, _HINT)])
    return found


def _is_fit(found: Any) -> bool:
    """Tell whether every number is there that answers are given by."""
    try:
        decisions = [found["decision"][kind] for kind in _FEATURES]
        numbers = [found["near"], found["fusion"]["trust"], found["fusion"]["likeness"]]
        for decision in decisions:
            numbers += [decision[key] for key in ("intercept", "threshold", "closest")]
            numbers += decision["coefficients"]
        lengths = [len(decision["coefficients"]) for decision in decisions]
    except (KeyError, TypeError):
        return False
    known = all(isinstance(number, int | float) for number in numbers)
    return known and lengths == list(_FEATURES.values())
