"""Everything there is to translate, as gettext templates: the English texts of a knowledge base
and the words of the interface.
"""

from __future__ import annotations

import re

from babel.messages.catalog import Catalog

from kb_tools.content.model import Fact, KnowledgeBase, Page
from kb_tools.content.settings import Settings
from kb_tools.content.values import PLACEHOLDER, Choices, YesNo
from kb_tools.language.labels import LABELS, UNITS

VERSION = "1"
HEADER = (
    "# Translations of PROJECT.\n"
    "# Statements carry the id of their fact as context; %(name)s stands for a value: keep it, move"
    " it freely.\n"
    "#"
)
_LETTER = re.compile(r"[^\W\d_]")


def content(knowledge: KnowledgeBase, settings: Settings) -> Catalog:
    """The texts of a knowledge base, in the order in which readers meet them."""
    catalog = template(settings.id)
    for text in settings.messages():
        catalog.add(text, context="kb", auto_comments=["what the knowledge base says of itself"])
    for page in knowledge.pages:
        _add_page(catalog, page)
    for subject in knowledge.subjects.values():
        comment = f"name of a {subject.kind}"
        catalog.add(subject.name, context=f"subject/{subject.id}", auto_comments=[comment])
    for source in knowledge.sources.values():
        context = f"source/{source.id}"
        catalog.add(source.title, context=context, auto_comments=["title of a source document"])
        catalog.add(source.note, context=context, auto_comments=["note about a source document"])
        for section in source.sections.values():
            comment = "section of a source document"
            catalog.add(section, context="section", auto_comments=[comment])
    for label in settings.labels.values():
        catalog.add(label, context="label", auto_comments=["shown before a value"])
    return catalog


def interface() -> Catalog:
    """The words of the program's own."""
    catalog = template("kb-tools")
    for key, msgid in LABELS.items():
        plural = msgid if isinstance(msgid, str) else msgid[1]
        catalog.add(msgid, context=label_context(key), flags=_flags(plural))
    for pair in UNITS.values():
        catalog.add(pair, context="duration", flags=_flags(pair[1]))
    return catalog


def template(project: str) -> Catalog:
    """A catalog without messages, with the header that all of ours have."""
    return Catalog(project=project, version=VERSION, header_comment=HEADER, fuzzy=False)


def label_context(key: str) -> str:
    """The context of a word of the interface."""
    return f"interface/{key}"


def answer_context(value: YesNo) -> str:
    """The context of yes, no or partly as the answer to one question: languages differ in how they
    answer it.
    """
    return f"answer/{value.label}"


def is_fact(context: str) -> bool:
    """Tell whether a context is the id of a fact."""
    return "/" in context and context.partition("/")[0] not in _CONTEXTS


_CONTEXTS = ("answer", "interface", "source", "subject", "page", "view")
"""What stands before the slash in contexts that are not ids of facts."""


def is_word(option: str) -> bool:
    """Tell whether one of several choices is said in words, and not a figure or a sign."""
    return bool(_LETTER.search(option))


def _add_page(catalog: Catalog, page: Page) -> None:
    context = f"page/{page.page}"
    catalog.add(page.title, context=context, auto_comments=["page title"])
    catalog.add(page.intro, context=context, auto_comments=["page introduction"])
    for view in page.views:
        for text in view.messages():
            catalog.add(text, context=f"view/{page.page}", auto_comments=["in an overview"])
    for group in page.groups:
        for text in group.messages():
            catalog.add(text, context=context, auto_comments=["heading above facts, and its text"])
    for fact in page.facts:
        _add_fact(catalog, fact)


def _add_fact(catalog: Catalog, fact: Fact) -> None:
    values = [f"{name}: {value.kind}{_bound(value)}" for name, value in fact.values.items()]
    statement = ["statement", *values]
    condition = "condition, shown below the statement"
    _add(catalog, fact.title, fact.id, ["title"])
    _add(catalog, fact.statement, fact.id, statement)
    for text in fact.conditions:
        _add(catalog, text, fact.id, [condition])
    for value in fact.values.values():
        if value.label:
            _add(catalog, value.label, "label", ["shown before a value"])
        if isinstance(value, YesNo):
            _add(catalog, value.is_, answer_context(value), [f"the answer to: {value.label}"])
        if isinstance(value, Choices):
            for option in filter(is_word, value.options):
                _add(catalog, option, "option", ["one of several answers"])


def _add(catalog: Catalog, text: str, context: str, comments: list[str]) -> None:
    catalog.add(text, context=context, auto_comments=comments, flags=_flags(text))


def _bound(value: object) -> str:
    bound = getattr(value, "bound", "exact")
    return "" if bound == "exact" else f", {bound}"


def _flags(text: str) -> set[str]:
    return {"python-format"} if PLACEHOLDER.search(text) else set()
