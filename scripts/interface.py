"""Bring the package's own catalogs up to the words of its interface.

    scripts/interface.py            write the template and the catalogs; tell what is to translate
    scripts/interface.py --check    write nothing; fail where one is out of date or incomplete

Run by `make interface` after a change of `kb_tools/language/labels.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kb_tools import files
from kb_tools.language import catalog, messages, po, proofreading, upkeep
from kb_tools.locales import Locale


def main() -> None:
    """Write or check the catalogs."""
    template = messages.interface()
    made = {catalog.PACKAGE / "interface.pot": catalog.rendered(template)}
    wrong = []
    for path in sorted(catalog.PACKAGE.glob("*.po")):
        locale = Locale(path.stem, catalog=path.stem, html=path.stem, name=path.stem)
        known = upkeep.updated(po.read(path, path.name, locale), locale, template)
        made[path] = catalog.rendered(known)
        wrong += proofreading.catalog_problems(path.name, template, known)
    if "--check" in sys.argv:
        stale = [path for path, content in made.items() if path.read_bytes() != content]
        print(*(f"{path.name}: out of date" for path in stale), *wrong, sep="\n", file=sys.stderr)
        sys.exit(1 if stale or wrong else 0)
    for path in files.write_all(made):
        print(path.relative_to(Path.cwd()))
    for problem in wrong:
        print(problem, file=sys.stderr)


if __name__ == "__main__":
    main()
