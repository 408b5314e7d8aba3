"""Files of one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb_tools import textfile
from kb_tools.errors import BadInput


def read(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield each line that is not empty with its number; only a line feed ends a line.

    Raise `BadInput` where the file cannot be read, or at the first line that is no JSON.
    """
    try:
        lines = textfile.read(path).split("\n")
    except OSError as error:
        what = f"{path}: cannot be read: {error.strerror}"
        raise BadInput(f"{what}\n    Name a file of questions.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8 text\n    Save the file as UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as error:
            what = f"{path}:{number}: not JSON ({textfile.unseen(line) or error})"
            raise BadInput(f"{what}\n    Write one JSON object on each line.") from None
