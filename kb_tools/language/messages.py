"""Everything there is to translate, as gettext templates: the English texts of the facts and the
words of the interface.
"""

from __future__ import annotations

from babel.messages.catalog import Catalog

from kb_tools.content.model import PLACEHOLDER, Fact, KnowledgeBase
from kb_tools.language.labels import LABELS, UNITS

PROJECT, VERSION = "policy-kb", "1"
HEADER = (
    "# Translations of PROJECT.\n# Statements carry the id of their fact as context; %(name)s"
    " stands for a value: keep it, move it freely.\n#"
)


def templates(knowledge: KnowledgeBase) -> dict[str, Catalog]:
    """Everything to translate, as one catalog a domain, in the order in which readers meet it."""
    return {"facts": _fact_messages(knowledge), "interface": _interface_messages()}


def _fact_messages(knowledge: KnowledgeBase) -> Catalog:
    catalog = _template()
    for page in knowledge.pages:
        catalog.add(page.title, context=f"page/{page.page}", auto_comments=["page title"])
        catalog.add(page.intro, context=f"page/{page.page}", auto_comments=["page introduction"])
        for fact in page.facts:
            _add_fact(catalog, fact)
    for subject in knowledge.subjects.values():
        catalog.add(
            subject.name,
            context=f"subject/{subject.id}",
            auto_comments=[f"name of a {subject.kind}"],
        )
    for source in knowledge.sources.values():
        catalog.add(
            source.title,
            context=f"source/{source.id}",
            auto_comments=["title of a source document"],
        )
        catalog.add(
            source.note,
            context=f"source/{source.id}",
            auto_comments=["note about a source document"],
        )
        for section in source.sections.values():
            catalog.add(section, context="section", auto_comments=["section of a source document"])
    return catalog


def _add_fact(catalog: Catalog, fact: Fact) -> None:
    values = [f"{name}: {value.kind}{_bound(value)}" for name, value in fact.values.items()]
    catalog.add(fact.title, context=fact.id, auto_comments=["title"], flags=_flags(fact.title))
    catalog.add(
        fact.statement,
        context=fact.id,
        auto_comments=["statement", *values],
        flags=_flags(fact.statement),
    )
    for condition in fact.conditions:
        catalog.add(
            condition,
            context=fact.id,
            auto_comments=["condition, shown below the statement"],
            flags=_flags(condition),
        )
    for value in fact.values.values():
        if value.label:
            catalog.add(value.label, context="label", auto_comments=["shown before a value"])


def _bound(value: object) -> str:
    bound = getattr(value, "bound", "exact")
    return "" if bound == "exact" else f", {bound}"


def _interface_messages() -> Catalog:
    catalog = _template()
    for key, msgid in LABELS.items():
        catalog.add(
            msgid,
            context=label_context(key),
            flags=_flags(msgid if isinstance(msgid, str) else msgid[1]),
        )
    for pair in UNITS.values():
        catalog.add(pair, context="duration", flags=_flags(pair[1]))
    return catalog


def _template() -> Catalog:
    return Catalog(project=PROJECT, version=VERSION, header_comment=HEADER, fuzzy=False)


def _flags(text: str) -> set[str]:
    return {"python-format"} if PLACEHOLDER.search(text) else set()


def label_context(key: str) -> str:
    """The context of a word of the interface."""
    return f"interface/{key}"
