"""Files of an index with bytes changed, lost or added: the answers are the same, or the index is
refused; never silently others.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from kb_tools.errors import KbError
from kb_tools.search import generations
from kb_tools.search import index as whoosh
from kb_tools.search.answer import Answerer

QUESTIONS = (
    "How long do deleted files stay in the trash?",
    "Combien de temps un lien de partage fonctionne-t-il ?",
    "オフラインコピーは端末にどのくらい残りますか",
    "回收站里的文件保留多久？",
    "crash reports",
)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes with one thing wrong."""
    at = chance.randrange(max(1, len(content)))
    match chance.randrange(6):
        case 0:
            return (
                content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
            )
        case 1:
            return content[:at] + chance.randbytes(1) + content[at + 1 :]
        case 2:
            return content[:at]
        case 3:
            return content[:at] + content[at + chance.randint(1, 9) :]
        case 4:
            return content[:at] + chance.randbytes(chance.randint(1, 9)) + content[at:]
    # a figure or a letter for another, so that it stays what it was in form
    places = [n for n, byte in enumerate(content[at : at + 400], at) if chr(byte).isalnum()]
    if not places:
        return content[:at]
    place = chance.choice(places)
    other = chance.choice(b"0123456789abcdefABCDEF")
    return content[:place] + bytes([other]) + content[place + 1 :]


def of_an_index(index: Path, folder: Path, rounds: int) -> tuple[int, list[str]]:
    """Damage one file after the other; tell how many were read, and what went wrong."""
    copy = folder / "damaged"
    shutil.copytree(index, copy)
    expected = replies(copy)
    paths = sorted(path for path in copy.rglob("*") if path.is_file() and path.stat().st_size)
    chance, bad, done = random.Random(20261126), [], 0
    for number in range(rounds):
        path = paths[number % len(paths)]
        content = path.read_bytes()
        changed = damaged(content, chance)
        if changed == content:
            continue
        done += 1
        path.write_bytes(changed)
        try:
            found: Sequence[object] = replies(copy)
        except KbError:
            found = expected
        except Exception as error:
            bad.append(f"{path.name}: {type(error).__name__}: {error}")
            found = expected
        finally:
            path.write_bytes(content)
        if found != expected:
            bad.append(f"{path.name}: other answers, and nothing said")
    return done, bad


def replies(index: Path) -> list[object]:
    """What both indexes say."""
    answerer = Answerer.open(index)
    found: list[object] = [
        [(answer.entry, answer.score) for answer in answerer.ask(question).answers]
        for question in QUESTIONS
    ]
    found += [answerer.ask(question).confidence for question in QUESTIONS]
    found.append(whoosh.search(generations.held(index), "about:trash OR title:files"))
    return found
