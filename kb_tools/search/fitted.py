"""What was fitted to questions: how words and likeness are fused, and when to answer.

A base without a fit of its own takes the package's careful defaults.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb_tools import layout, textfile
from kb_tools.errors import InvalidSource, Problem

DEFAULT = Path(__file__).parent / "fitted.json"
_HINT = "Restore the file, or remove it to take the program's own."
_STRICT = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class Decision(BaseModel):
    """When a text is answered: the logistic of weighed evidence, and the confidence from which on
    there is an answer, or something close to one.
    """

    model_config = _STRICT
    intercept: float
    coefficients: list[float]
    threshold: float
    closest: float


class OfWords(Decision):
    """The decision with words alone: the fields of `Evidence`, and what is named elsewhere."""

    coefficients: Annotated[list[float], Field(min_length=6, max_length=6)]


class OfMeaning(Decision):
    """The decision with likeness of meaning: as with words, the likeness, and its lead."""

    coefficients: Annotated[list[float], Field(min_length=8, max_length=8)]


Kind = TypeVar("Kind", bound=Decision)


class Lengths(BaseModel, Generic[Kind]):
    """Decisions by `evidence.length`."""

    model_config = _STRICT
    brief: Kind
    long: Kind


class Decisions(BaseModel):
    """Decisions by what is known of a text."""

    model_config = _STRICT
    words: Lengths[OfWords]
    meaning: Lengths[OfMeaning]


class Fusion(BaseModel):
    """What words and likeness count beside each other."""

    model_config = _STRICT
    trust: float
    likeness: float


class Fit(BaseModel):
    """All numbers that answers are given by."""

    model_config = _STRICT
    near: float
    fusion: Fusion
    decision: Decisions


def load(root: Path) -> Mapping[str, Any]:
    """Read the fit of a knowledge base; raise `InvalidSource` where it is not one."""
    try:
        return Fit.model_validate_json(textfile.content(_chosen(root))).model_dump()
    except ValidationError as error:
        problems = [Problem(f"{layout.FITTED}:1", _said(found), _HINT) for found in error.errors()]
        raise InvalidSource(problems) from error
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise InvalidSource([Problem(f"{layout.FITTED}:1", what, _HINT)]) from error


def _chosen(root: Path) -> Path:
    own = root / layout.FITTED
    return own if os.path.lexists(own) else DEFAULT


def _said(error: Mapping[str, Any]) -> str:
    place = ".".join(map(str, error["loc"]))
    return f"not a fit: {place + ': ' if place else ''}{error['msg']}"
