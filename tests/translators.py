"""The tools of translators, each of which writes a catalog its own way, and what is read of one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import programs
from translate.convert import pot2po
from translate.storage import pypo

from kb_tools import layout
from kb_tools.language import po
from kb_tools.locales import Locale
from kb_tools.project import Project

Message = tuple[str | None, object, object]


def gettext(*command: str) -> Callable[[Path, Path], None]:
    """A tool of gettext that writes a catalog anew; `{po}` and `{pot}` stand for the files."""

    def write(catalog: Path, template: Path) -> None:
        programs.path((command[0],), "gettext", "NOT TESTED WITH GETTEXT")
        filled = [part.format(po=catalog, pot=template) for part in command]
        made = subprocess.run(filled, capture_output=True, check=False)
        assert not made.returncode, made.stderr.decode()
        catalog.write_bytes(made.stdout)

    return write


def by_polib(catalog: Path, _: Path) -> None:
    polib.pofile(str(catalog)).save(str(catalog))


def by_translate_toolkit(catalog: Path, _: Path) -> None:
    """As Weblate and Virtaal do; in Python, so that no library of gettext is needed."""
    store = pypo.pofile.parsefile(str(catalog))
    store.savefile(str(catalog))


def by_pot2po(catalog: Path, template: Path) -> None:
    """As pot2po does: the template anew, filled from the catalog."""
    with template.open("rb") as new, catalog.open("rb") as old:
        made = pot2po.convert_stores(pypo.pofile(new), pypo.pofile(old))
    catalog.write_bytes(bytes(made))


TOOLS = {
    "msgcat": gettext("msgcat", "{po}"),
    "msgcat -E": gettext("msgcat", "-E", "{po}"),
    "msgcat -w 40": gettext("msgcat", "-w", "40", "{po}"),
    "msgcat --no-wrap": gettext("msgcat", "--no-wrap", "{po}"),
    "msgcat --sort-output": gettext("msgcat", "--sort-output", "{po}"),
    "msgcat -E -s -w 40": gettext("msgcat", "-E", "-s", "-w", "40", "{po}"),
    "msgmerge --previous": gettext("msgmerge", "--quiet", "--previous", "-o", "-", "{po}", "{pot}"),
    "msgattrib --no-obsolete": gettext("msgattrib", "--no-obsolete", "{po}"),
    "polib": by_polib,
    "translate-toolkit": by_translate_toolkit,
    "pot2po": by_pot2po,
}


def messages(catalog: Path, locale: Locale) -> list[Message]:
    """Every message with its translation, whatever the order."""
    read = po.read(catalog, catalog.name, locale)
    found = [(message.context, message.id, message.string) for message in read if message.id]
    return sorted(found, key=repr)


def accepted(catalog: Path) -> None:
    """Check that gettext compiles a catalog."""
    tool = programs.path(("msgfmt",), "gettext", "NOT TESTED WITH GETTEXT")
    done = subprocess.run(
        [tool, "-c", "-o", "/dev/null", catalog], capture_output=True, check=False
    )
    assert not done.returncode, done.stderr.decode()


def round_trip(root: Path, locale: Locale, tool: str) -> int:
    """Let a tool write a catalog of a knowledge base; check that nothing of it is lost and that
    `kb i18n update` writes it as it was; return how many messages it has.
    """
    catalog = root / layout.catalog(locale.catalog, "facts")
    before, kept = catalog.read_bytes(), messages(catalog, locale)
    TOOLS[tool](catalog, root / layout.template("facts"))
    assert messages(catalog, locale) == kept
    assert Project(root).upkeep.problems(locale) == []
    Project(root).upkeep.update(locale)
    assert catalog.read_bytes() == before, "written in its own form again, header included"
    accepted(catalog)
    return len(kept)
