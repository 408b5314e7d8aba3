"""Entries to Markdown pages, by the templates. The home of Jinja2."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from kb_tools import files, layout, textfile
from kb_tools.content.values import PLACEHOLDER
from kb_tools.entry import Entry
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language.labels import LABELS
from kb_tools.locales import Locale
from kb_tools.project import Project
from kb_tools.site import addresses, markdown
from kb_tools.site.documents import cards
from kb_tools.site.home import content, samples
from kb_tools.site.topics import topic, unsaid
from kb_tools.widget import bundle

PACKAGE = Path(__file__).parent / "templates"
MARK = "generated: by kb, from the facts and the catalogs; edit those\n"
"""The line of a page's front matter by which it is known as ours."""
_HEAD = f"---\n{MARK}".encode()
_MOVE = "Move it to another folder: this one has the pages that kb build makes, and no others."
_CORRECT = "Correct the template; the handbook lists what templates can use."

Editions = Mapping[str, Mapping[str, str]]
"""Pages by language code and file name."""


class Renderer:
    """Renders the pages of one language; the templates may be those of others, compiled once."""

    def __init__(
        self,
        project: Project,
        locale: Locale,
        entries: Sequence[Entry],
        templates: jinja2.Environment | None = None,
    ) -> None:
        self.project = project
        self.voice = project.voice(locale)
        self.knowledge = project.knowledge
        self.entries = {entry.id: entry for entry in entries}
        self._templates = templates or prepared(project.root)
        self._names = self._known(locale)

    def pages(self) -> dict[str, str]:
        """All pages by file name."""
        topics = [
            topic(page, self.project, self.voice, self.entries) for page in self.knowledge.pages
        ]
        documents = cards(list(self.knowledge.sources), self.knowledge, self.voice, self.entries)
        moved = addresses.moved(self.project, self.entries)
        names = json.dumps({each.page: each.title for each in topics}, ensure_ascii=False)
        home = {"topics": topics, **content(self.project, self.voice, self.entries)}
        return {
            "index.md": self._render("home.md.j2", home),
            **{
                f"{each.page}.md": self._render(
                    "topic.md.j2", {"topic": each, "moved": moved.get(each.page, [])}
                )
                for each in topics
            },
            **{
                f"{page}.md": self._render("moved.md.j2", {"moved": moved[page]})
                for page in moved
                if page not in self.project.settings.pages
            },
            "embed.md": self._render(
                "embed.md.j2", {"samples": samples(self.project), "module": bundle.NAME}
            ),
            "search.md": self._render("search.md.j2", {"names": names}),
            "sources.md": self._render("sources.md.j2", {"documents": documents}),
        }

    def _known(self, locale: Locale) -> dict[str, object]:
        """What every template can use."""
        return {
            "label": self._label,
            "counted": self._counted,
            "content": lambda msgid: self.voice.text("kb", msgid),
            "content_language": lambda msgid: self.voice.language_of("kb", msgid),
            "entry": self.entries,
            "listed": unsaid(self.knowledge, self.entries),
            "dated": {
                fact.id: self.knowledge.lists_validity(fact) for fact in self.knowledge.facts
            },
            "settings": self.project.settings,
            "locale": locale,
            "spoken": self.voice.spoken,
            "html": {row.code: row.html for row in self.project.locales},
        }

    def _render(self, name: str, values: Mapping[str, object]) -> str:
        try:
            return _marked(self._templates.get_template(name).render({**self._names, **values}))
        except jinja2.TemplateSyntaxError as error:
            place, what = f"{error.name or name}:{error.lineno}", str(error.message)
        except RecursionError as error:
            place, what = _template_place(error, name), "it includes itself"
        except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            place, what = _template_place(error, name), str(error)
        own = (self.project.root / layout.TEMPLATES / place.partition(":")[0]).exists()
        where = f"{layout.TEMPLATES if own else 'kb_tools/site/templates'}/{place}"
        raise InvalidSource([Problem(where, f"the template fails: {what}", _CORRECT)])

    def _label(self, key: str, **values: str) -> str:
        """A word of the interface, in Markdown where a value is; raise `ValueError` where a
        template asks for it wrongly.
        """
        msgid = LABELS.get(key)
        if not isinstance(msgid, str):
            wrong = f"label {key!r} counts: use counted()"
            raise ValueError(wrong if msgid else f"unknown label {key!r}")
        if missing := set(PLACEHOLDER.findall(msgid)) - values.keys():
            raise ValueError(f"label {key!r} needs {', '.join(sorted(missing))}")
        if any(isinstance(value, Markup) for value in values.values()):
            return markdown.filled(self.voice.label(key), values)
        return self.voice.label(key, **values)

    def _counted(self, key: str, number: int) -> str:
        """A word of the interface that counts; raise `ValueError` where a template asks for it
        wrongly.
        """
        msgid = LABELS.get(key)
        if not isinstance(msgid, tuple):
            wrong = f"label {key!r} does not count: use label()"
            raise ValueError(wrong if msgid else f"unknown label {key!r}")
        return self.voice.counted(key, number)


def _marked(page: str) -> str:
    """A page with our mark in its front matter, by which it is known again."""
    head = "---\n"
    return (
        page.replace(head, head + MARK, 1) if page.startswith(head) else head + MARK + head + page
    )


def prepared(root: Path) -> jinja2.Environment:
    """The templates of a knowledge base; its own ones come before those of the package."""
    # in a sandbox: a loop has an end, and what a template calls has no effects
    made = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader([root / layout.TEMPLATES, PACKAGE]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # what comes out of a macro is markup, what comes out of a value is text
        autoescape=True,
        finalize=markdown.literal,
    )
    made.filters.update(
        join=markdown.joined,
        plain=markdown.plain,
        marked=markdown.marked,
        said=markdown.said,
        quoted=markdown.quoted,
    )
    return made


def render(project: Project) -> Editions:
    """The pages of all languages."""
    templates = prepared(project.root)
    return {
        locale.code: Renderer(project, locale, project.editions[locale.code], templates).pages()
        for locale in project.locales
    }


def write(root: Path, editions: Editions) -> list[Path]:
    """Write rendered pages where they differ from what is there, all or none, and remove others of
    ours; return the changed paths.

    Raise `InvalidSource` where a page that we have not made stands in the place of one.
    """
    made = {
        root / layout.DOCS / code / name: text.encode()
        for code, pages in editions.items()
        for name, text in pages.items()
    }
    foreign = [path for path in made if path.is_file() and not _is_ours(path)]
    if foreign:
        raise InvalidSource(
            Problem(f"{path.relative_to(root).as_posix()}:1", "not a page of ours", _MOVE)
            for path in foreign
        )
    changed = files.write_all(made)
    folders = [root / layout.DOCS / code for code in editions]
    others = [path for folder in folders for path in folder.glob("*.md") if path not in made]
    strays = [path for path in others if _is_ours(path)]
    for stray in strays:
        stray.unlink()
    return [*changed, *strays]


def outdated(root: Path, editions: Editions) -> list[Problem]:
    """Tell which committed pages are not what the sources say now."""
    found = []
    for code, pages in editions.items():
        folder = root / layout.DOCS / code
        present = {path.name: textfile.read_leniently(path) for path in folder.glob("*.md")}
        for name in sorted(present.keys() | pages.keys()):
            place = f"{layout.DOCS}/{code}/{name}"
            if name not in pages:
                ours = _is_ours(folder / name)
                hint = "Run kb build, and commit that it is gone." if ours else _MOVE
                found.append(Problem(f"{place}:1", "no template makes this page", hint))
            elif present.get(name) != pages[name]:
                line = _first_difference(present.get(name, ""), pages[name])
                hint = "Run kb build and commit the pages; edit only their sources."
                found.append(Problem(f"{place}:{line}", "out of date", hint))
    return found


def _is_ours(page: Path) -> bool:
    """Tell whether a page has our mark, or nothing that could be lost."""
    with page.open("rb") as file:
        return file.read(len(_HEAD)) in (_HEAD, b"")


def _first_difference(old: str, new: str) -> int:
    pairs = enumerate(zip(old.splitlines(), new.splitlines(), strict=False), 1)
    return next((number for number, (before, after) in pairs if before != after), 1)


def _template_place(error: Exception, name: str) -> str:
    """The file and line of the template in which an error arose; `name` is the one that was asked
    for.
    """
    place, trace = f"{name}:1", error.__traceback__
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.suffix == ".j2":
            place = f"{path.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
