"""Answers as text to paste into a reply: what is said, what limits it, its sources and address. The
widget's `plainText` says one answer alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb_tools.entry import Entry
from kb_tools.search.reply import Answer, Labels, Reply

BETWEEN = " · "


def plain(answer: Answer, labels: Labels) -> str:
    """One answer in lines: status, statement, conditions, validity, who reported it, what
    contradicts it, sources, address.
    """
    entry = answer.entry
    told = (answer.status, *said(entry, answer.conflicts, labels), entry.url)
    return "\n".join(line for line in told if line)


def said(entry: Entry, conflicts: Sequence[Entry], labels: Labels) -> list[str]:
    """A fact in lines: statement, conditions, validity, who reported it, what contradicts it,
    sources.
    """
    colon = labels["colon"]
    lines = [
        entry.text,
        *(f"{labels['conditions']}{colon}{passage.text}" for passage in entry.conditions),
        f"{labels['valid']}{colon}{entry.validity}" if entry.validity else "",
        entry.reported,
        *(f"{labels['conflict']}{colon}{other.text}" for other in conflicts),
        f"{labels['sources']}{colon}{BETWEEN.join(entry.cited)}",
    ]
    return [line for line in lines if line]


def leading(reply: Reply) -> tuple[Answer, ...]:
    """The answers that a reply is made of: the first, or those in its table; others come near."""
    if reply.table is None:
        return reply.answers[:1]
    facts = {row.fact for row in reply.table.rows}
    return tuple(answer for answer in reply.answers if answer.entry.id in facts)


def ready(reply: Reply, labels: Labels) -> str:
    """A reply to paste: the fact that answers, or each that a choice, a list or a comparison shows,
    below its title.
    """
    told = leading(reply)
    if len(told) == 1:
        return plain(told[0], labels)
    return "\n\n".join(f"{one.entry.title}\n{plain(one, labels)}" for one in told)


def unsure(reply: Reply, labels: Labels) -> Iterator[dict[str, str]]:
    """What whoever pastes a reply should know of it: a code, and a sentence in its language."""
    if reply.kind != "answer":
        yield {"code": reply.kind, "text": labels[reply.kind] % {"n": reply.count}}
    found = [
        remark
        for answer in leading(reply)
        for remark in (
            ("status", answer.status),
            ("reported", answer.entry.reported),
            *(
                ("conflict", f"{labels['conflict']}{labels['colon']}{other.text}")
                for other in answer.conflicts
            ),
            ("untranslated", labels["untranslated"] if _is_untranslated(answer) else ""),
        )
    ]
    for code, text in dict.fromkeys(found):
        if text:
            yield {"code": code, "text": text}


def _is_untranslated(answer: Answer) -> bool:
    return answer.entry.text_language != answer.entry.language
