"""The building of a site: its theme, what fails it, what is left of the old one then, and the
languages that are not translated.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import bases
import changes
import pytest
from small import spoil
from terminal import kb

from kb_tools import builder, folders, layout
from kb_tools.errors import BadInput, BuildFailed
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.site import build as building
from kb_tools.site import engine, server


def silent(line: str) -> None:
    """Tell nobody how far a build is."""


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of two languages, which is built faster, with its pages, index and site; not to be
    changed.
    """
    folder = tmp_path_factory.mktemp("short") / "kb"
    project = Project(bases.of_languages(folder, ["en", "fr"]))
    builder.build_pages(project, silent)
    builder.build_index(project, folder / layout.INDEX, project.locales)
    building.build(project, store.open_index(folder / layout.INDEX), folder / layout.SITE)
    return folder


@pytest.fixture
def spoilt(short: Path, tmp_path: Path) -> Path:
    """The base of two languages in a folder of the test's own, which it may spoil."""
    return Path(shutil.copytree(short, tmp_path / "kb"))


def rebuilt(root: Path) -> Path:
    """The site of a base, built anew."""
    site = root / layout.SITE
    building.build(Project(root), store.open_index(root / layout.INDEX), site)
    return site


Spoil = Callable[[Path], object]


def _own_theme(name: str, old: str, new: str) -> Spoil:
    """A file of the theme in the base, in place of the package's, with a change."""

    def spoil_it(root: Path) -> None:
        (root / layout.THEME).mkdir()
        shutil.copy(engine.THEME / name, root / layout.THEME / name)
        spoil(root / layout.THEME / name, old, new)

    return spoil_it


def _new_theme_file(name: str, content: str) -> Spoil:
    """A file of the theme that the package does not have."""

    def spoil_it(root: Path) -> None:
        path = root / layout.THEME / name
        path.parent.mkdir(parents=True)
        path.write_text(content, "utf-8")

    return spoil_it


def _page(name: str, old: str, new: str) -> Spoil:
    """A page in docs/ with a change."""

    def spoil_it(root: Path) -> None:
        text = (root / "docs" / name).read_text("utf-8")
        assert old in text
        (root / "docs" / name).write_text(text.replace(old, new), "utf-8")

    return spoil_it


META = "{% block site_meta %}"
FAULTS: dict[str, tuple[Spoil, str]] = {
    "a broken link": (
        _page("fr/handling.md", "(sources.md#policy)", "(source.md#policy)"),
        "docs/fr/handling.md:",
    ),
    "a broken anchor": (
        _page("fr/handling.md", "(handling.md#offline-copies)", "(handling.md#no-such-fact)"),
        "docs/fr/handling.md:",
    ),
    "a script from elsewhere": (
        _own_theme("main.html", META, f'{META}<script src="https://cdn.example/x.js"></script>'),
        "'https://cdn.example/x.js' is loaded from another site",
    ),
    "a stylesheet from elsewhere": (
        _own_theme(
            "main.html",
            META,
            f'{META}<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        ),
        "'https://elsewhere.example/x.css' is loaded from another site",
    ),
    "a picture from elsewhere": (
        _page("en/handling.md", "\n## ", '\n<img src="//elsewhere.example/x.png" alt="">\n\n## '),
        "'//elsewhere.example/x.png' is loaded from another site",
    ),
    "a missing alternate": (
        _own_theme("main.html", 'hreflang="x-default"', 'hreflang="x-other"'),
        "has alternates in",
    ),
    "another language": (
        _new_theme_file(
            "partials/languages/fr.html",
            '{% import "partials/languages/en.html" as near %}'
            "{% macro t(key) %}{{ near.t(key) }}{% endmacro %}",
        ),
        "the page says lang='en' and not 'fr'",
    ),
    "a template that fails": (_own_theme("main.html", META, f"{META}{{{{ 1 / 0 }}}}"), "MkDocs"),
    "a configuration that fails": (
        lambda root: spoil(root / "mkdocs.yml", "plugins: []", "plugins: [nothing]"),
        "mkdocs.yml:1: MkDocs",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_build_and_leaves_the_old_site(
    short: Path, spoilt: Path, fault: str
) -> None:
    apply, told = FAULTS[fault]
    apply(spoilt)
    before = sorted(path.relative_to(spoilt) for path in spoilt.iterdir())
    with pytest.raises(BuildFailed, match=re.escape(told)) as failed:
        rebuilt(spoilt)
    assert "\n    " in str(failed.value), "it says what to do"
    for name in ("en/handling/index.html", "fr/index.html", "sitemap.xml"):
        old = short / layout.SITE / name
        assert (spoilt / layout.SITE / name).read_bytes() == old.read_bytes()
    after = sorted(path.relative_to(spoilt) for path in spoilt.iterdir())
    assert after == before, "nothing is left beside it"


def test_the_faults_of_all_languages_are_told_together(spoilt: Path) -> None:
    for code in ("en", "fr"):
        _page(f"{code}/handling.md", "(sources.md#policy)", "(source.md#policy)")(spoilt)
    with pytest.raises(BuildFailed) as failed:
        rebuilt(spoilt)
    told = str(failed.value)
    assert "docs/en/handling.md:" in told
    assert "docs/fr/handling.md:" in told
    assert "link 'source.md#policy'" in told


def test_a_base_may_have_theme_files_of_its_own(short: Path, spoilt: Path) -> None:
    theme = spoilt / layout.THEME
    (theme / "stylesheets").mkdir(parents=True)
    (theme / "partials").mkdir()
    (theme / "stylesheets/kb.css").write_text("body { color: navy; }\n", "utf-8")
    (theme / "partials/footer.html").write_text('<footer class="ours">Ours</footer>', "utf-8")
    site = rebuilt(spoilt)
    for code in ("en", "fr"):
        assert "navy" in (site / code / "stylesheets/kb.css").read_text("utf-8")
        text = (site / code / "handling/index.html").read_text("utf-8")
        assert '<footer class="ours">Ours</footer>' in text
        assert "policy-kb" in text, "the other files are the package's"
    other = (short / "site/en/handling/index.html").read_text("utf-8")
    assert 'class="ours"' not in other


def test_a_folder_that_is_no_site_is_not_replaced(short: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("mine", "utf-8")
    index = store.open_index(short / layout.INDEX)
    with pytest.raises(BadInput, match="holds what is not of the site"):
        building.build(Project(short), index, home)
    assert [path.name for path in home.iterdir()] == ["letter.txt"]
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(BadInput, match="holds what is not of the site"):
        building.build(Project(short), index, tmp_path / "file")


def test_a_site_that_cannot_be_put_in_place_leaves_the_old_one(
    spoilt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = spoilt / layout.SITE
    before = (site / "index.html").read_bytes()
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == "site" and self != site:
            raise KeyboardInterrupt
        return rename(self, target)

    # as on a system that cannot exchange two folders
    monkeypatch.setattr(folders, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rebuilt(spoilt)
    assert (site / "index.html").read_bytes() == before


def test_a_disk_that_is_full_leaves_everything_as_it_was(copy: Path) -> None:
    spoil(
        copy / layout.page_file("handling"),
        "length: P30D, bound: exact",
        "length: P31D, bound: exact",
    )
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    limit = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000));"
        " sys.argv = ['kb', 'build']; "
    )
    run = subprocess.run(
        [sys.executable, "-c", limit + "runpy.run_module('kb_tools', run_name='__main__')"],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1
    assert "cannot be written" in run.stderr
    assert "Free space" in run.stderr
    assert "Traceback" not in run.stderr
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "program", [["mkdocs", "build", "--strict", "--quiet"], ["zensical", "build"]], ids=" ".join
)
def test_mkdocs_or_zensical_alone_builds_the_english_site(spoilt: Path, program: list[str]) -> None:
    shutil.rmtree(spoilt / layout.SITE)
    run = subprocess.run(
        [sys.executable, "-m", *program],
        cwd=spoilt,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    text = (spoilt / "site/en/handling/index.html").read_text("utf-8")
    assert 'id="deleted-files"' in text
    assert "30 days" in text


def test_a_changed_number_changes_in_every_language_and_nothing_else(copy: Path) -> None:
    before = changes.pages(copy)
    facts = copy / layout.page_file("handling")
    spoil(facts, "length: P14D", "length: P13D")
    run = kb("build", folder=copy)
    assert run.returncode == 0, run.stderr
    said = {
        "en": ("14 days", "13 days"),
        "fr": ("14\xa0jours", "13\xa0jours"),
        "ja": ("14日間", "13日間"),
        "zh": ("14 天", "13 天"),
        "de": ("14 Tage", "13 Tage"),
    }
    assert changes.check_lines(before, changes.pages(copy), said) == {"handling.md"}
    for code, question in (("ja", "共有リンク 有効期限"), ("de", "Freigabelink läuft ab")):
        answer = kb("ask", question, folder=copy)
        assert said[code][1] in answer.stdout
        assert said[code][1] in (copy / f"site/{code}/handling/index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    """A base of twelve languages, seven of them not translated, and its site."""
    folder = tmp_path_factory.mktemp("twelve")
    project = Project(bases.of_languages(folder / "kb", bases.TWELVE))
    builder.build_pages(project, silent)
    builder.build_index(project, folder / "index", project.locales)
    building.build(project, store.open_index(folder / "index"), folder / "site")
    return project, folder / "site"


@pytest.mark.parametrize("code", bases.TWELVE)
def test_a_page_says_which_language_it_is_of_and_which_its_words_are_in(
    twelve: tuple[Project, Path], code: str
) -> None:
    project, site = twelve
    locale = project.locale(code)
    for name in ("", "handling/", "choices/", "sources/", "search/"):
        text = (site / code / name / "index.html").read_text("utf-8")
        assert re.findall(r"<html[^>]* lang=\"([^\"]*)\"", text) == [locale.html]
        content = re.findall(r"<article.*?</article>", text, re.DOTALL)
        wrapped = ['<div lang="en">' in part for part in content]
        assert wrapped == [locale.partial], "English words under another language say so"


def test_a_page_of_all_languages_says_which_its_words_are_in(
    twelve: tuple[Project, Path],
) -> None:
    project, site = twelve
    for name in ("index.html", "404.html"):
        text = (site / name).read_text("utf-8")
        rows = re.findall(r'<li lang="([^"]*)">.*?<span( lang="en")?>', text, re.DOTALL)
        assert rows == [
            (locale.html, ' lang="en"' if locale.partial else "") for locale in project.locales
        ]


def test_the_server_listens_on_this_machine_only(short: Path) -> None:
    with server.server(short / layout.SITE, 0) as running:
        host, port = running.server_address[:2]
        assert host == "127.0.0.1"
        assert port == running.server_port > 0


def test_a_folder_without_a_site_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Run kb build"):
        server.server(tmp_path, 0)
