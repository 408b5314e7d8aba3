"""`kb.yml`: what a knowledge base is called, its languages and pages, and what it says of itself.

The home of CLDR's list of languages.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from babel import Locale as Cldr
from babel import UnknownLocaleError
from pydantic import Field, StringConstraints

from kb_tools import layout
from kb_tools.content.source import Document
from kb_tools.content.values import KINDS, FactId, Frozen, Name, Slug, Text
from kb_tools.errors import BadInput, InvalidSource
from kb_tools.locales import SOURCE, Locale

MOST_LANGUAGES = 31
"""The index tells the languages of a term by one bit each, in what JavaScript has as an integer."""
BUILT_IN = ("embed", "index", "search", "sources", "subjects")
"""Pages and files of facts that every knowledge base has besides its own."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")]
ReportAddress = Annotated[str, StringConstraints(pattern=r"^(https://\S+|[^\s@/]+@[^\s@/]+)$")]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Language(Frozen):
    """One language of the knowledge base."""

    code: LanguageCode = Field(description="Used in addresses, files and options.")
    name: Text | None = Field(None, description="What it calls itself; default: as CLDR has it.")
    catalog: str | None = Field(
        None, description="Its name in gettext and CLDR; default: the code."
    )
    html: LanguageTag | None = Field(
        None, description="The lang attribute of its pages; default: the code."
    )
    partial: bool = Field(
        False, description="That not all is translated: what is missing is told, and is no problem."
    )

    @property
    def locale(self) -> Locale:
        """The language as the program knows it."""
        catalog = self.catalog or self.code.replace("-", "_")
        name = self.name or endonym(catalog) or self.code
        return Locale(self.code, catalog, self.html or self.code, name, self.partial)


class Authority(Frozen):
    """Which text is authoritative, as the reader is told."""

    documents: Text = Field(description="Which document prevails over which (msgid).")
    advice: Text = Field(description="What the knowledge base is and is not (msgid).")


class SubjectKinds(Frozen):
    """The kinds of subjects."""

    kinds: tuple[Slug, ...] = Field(min_length=1)
    named: tuple[Slug, ...] = Field(
        (), description="Kinds that likeness of meaning must not overrule, where one is named."
    )


class QuestionRules(Frozen):
    """What is asked of the editors' questions."""

    at_least: int = Field(0, ge=0, description="Questions of every fact in every language.")
    also: tuple[Slug, ...] = Field(
        (), description="Languages that are asked in, but have no pages; answers are in others."
    )


class Figure(Frozen):
    """A value that people come for, as the home page shows it."""

    fact: FactId
    value: Name = Field(description="The value of the fact.")
    says: Text = Field(description="What it is the value of, in a few words (msgid).")


class Settings(Frozen):
    """Everything that a knowledge base says of itself; texts are msgids in English."""

    id: Slug = Field(description="Names the project in its catalogs.")
    name: Text
    title: Text = Field(description="The heading of the home page.")
    intro: Text
    publisher: Text = Field(description="Whose own documents are primary.")
    ask: Text = Field(description="Where to ask what is not covered.")
    authority: Authority
    usual: tuple[FactId, ...] = Field(
        (),
        description="Facts whose first questions the search box offers before anything is typed;"
        " the home page lists them.",
    )
    figures: tuple[Figure, ...] = Field((), description="Values that the home page shows.")
    report: ReportAddress | None = Field(
        None,
        description="Where readers report a problem with a fact: an e-mail address, or the address"
        " of a form; without it, pages offer no report.",
    )
    languages: tuple[Language, ...] = Field(min_length=1)
    pages: tuple[Slug, ...] = Field(min_length=1, description="In the order of the navigation.")
    subjects: SubjectKinds
    labels: dict[str, Text] = Field(
        default_factory=dict, description="Kind of value to what readers see before such a value."
    )
    questions: QuestionRules = QuestionRules(at_least=0, also=())
    reviews: Literal["optional", "required"] = Field(
        "optional",
        description="Whether kb check demands that a second reader has read every translation.",
    )
    withdrawn: tuple[FactId, ...] = Field(
        (), description="Ids of facts that are gone; their addresses say so."
    )

    @property
    def locales(self) -> tuple[Locale, ...]:
        """The languages in their order, the reference language first."""
        return tuple(language.locale for language in self.languages)

    @property
    def asked(self) -> tuple[Locale, ...]:
        """The languages that are asked in and have no pages."""
        return tuple(
            Locale(code, code, code, endonym(code) or code) for code in self.questions.also
        )

    def messages(self) -> tuple[str, ...]:
        """The msgids of what the knowledge base says of itself; labels are apart."""
        authority = self.authority
        return (
            *(self.name, self.title, self.intro, self.ask),
            *(authority.documents, authority.advice),
            *dict.fromkeys(figure.says for figure in self.figures),
        )


def endonym(catalog: str) -> str | None:
    """What a language calls itself, as CLDR has it; None for what is no language.

    >>> endonym("fr"), endonym("xx")
    ('Français', None)
    """
    try:
        name = Cldr.parse(catalog).get_display_name()
    except (UnknownLocaleError, ValueError):
        return None
    return name[:1].upper() + name[1:] if name else None


def load(root: Path) -> Settings:
    """Read and check the settings; raise `InvalidSource` with every problem."""
    if not (root / layout.SETTINGS).exists() and not (root / layout.FACTS).is_dir():
        what = f"{root}: there is no knowledge base here, no {layout.SETTINGS}"
        raise BadInput(f"{what}\n    Name its folder, or make one with kb init.")
    refuse_older_layout(root)
    document = Document(root / layout.SETTINGS, root)
    settings = document.parse(Settings)
    if settings:
        _check_languages(document, settings)
        _check_asked(document, settings)
        _check_names(document, settings)
    if document.problems or not settings:
        raise InvalidSource(document.problems)
    return settings


def refuse_older_layout(root: Path) -> None:
    """Raise `BadInput` for a knowledge base from before it had a `kb.yml`."""
    if not (root / layout.SETTINGS).exists() and (root / layout.FACTS).is_dir():
        raise BadInput(
            f"{root / layout.SETTINGS}: missing; this knowledge base has an older layout\n"
            "    Write it as the handbook says in 'Your own knowledge base', or take the one that"
            " kb init makes as a pattern."
        )


def _check_languages(document: Document, settings: Settings) -> None:
    rows = settings.languages
    if rows[0].code != SOURCE.code:
        document.problem(
            ("languages", 0, "code"),
            f"the first language is {rows[0].code!r}",
            f"Put {SOURCE.code!r} first: the facts are written in it.",
        )
    if len(rows) > MOST_LANGUAGES:
        document.problem(
            ("languages", MOST_LANGUAGES),
            f"{len(rows)} languages",
            f"Keep {MOST_LANGUAGES} at most; others can have a knowledge base of their own.",
        )
    codes = Counter(row.code for row in rows)
    for number, locale in enumerate(settings.locales):
        if endonym(locale.catalog) is None:
            document.problem(
                ("languages", number, "catalog" if rows[number].catalog else "code"),
                f"unknown language {locale.catalog!r}",
                "Use a name that CLDR has, such as fr, ja or zh_Hans.",
            )
        if codes[locale.code] > 1 and locale.code in [row.code for row in rows[:number]]:
            document.problem(
                ("languages", number, "code"),
                f"language {locale.code!r} stands twice",
                "Remove one of the rows.",
            )


def _check_asked(document: Document, settings: Settings) -> None:
    written = {locale.code for locale in settings.locales}
    also = settings.questions.also
    for number, code in enumerate(also):
        place = ("questions", "also", number)
        if endonym(code) is None:
            hint = "Use a code that CLDR has, such as de or ko."
            document.problem(place, f"unknown language {code!r}", hint)
        elif code in written or code in also[:number]:
            document.problem(place, f"language {code!r} stands twice", "Remove one of the two.")
    if also and len(written) + len(also) > MOST_LANGUAGES:
        what = f"{len(written) + len(also)} languages to ask in"
        document.problem(("questions", "also"), what, f"Keep {MOST_LANGUAGES} at most.")


def _check_names(document: Document, settings: Settings) -> None:
    for number, page in enumerate(settings.pages):
        if page in BUILT_IN:
            document.problem(
                ("pages", number),
                f"page {page!r} is one that every knowledge base has",
                "Choose another name; it is made without being named here.",
            )
        if page in settings.pages[:number]:
            document.problem(("pages", number), f"page {page!r} stands twice", "Remove one.")
    for number, kind in enumerate(settings.subjects.named):
        if kind not in settings.subjects.kinds:
            document.problem(
                ("subjects", "named", number),
                f"unknown kind of subject {kind!r}",
                f"Use one of {', '.join(settings.subjects.kinds)}.",
            )
    for kind in settings.labels:
        if kind not in KINDS:
            document.problem(
                ("labels", kind),
                f"unknown kind of value {kind!r}",
                f"Use one of {', '.join(KINDS)}.",
            )
