"""The widget's JavaScript answers as Python does: shared vectors, and the questions of the small
base. Its modules are published as one, with the words of the site's languages.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import javascript
import pytest
from javascript import Compare

from kb_tools import jsonl
from kb_tools.language.labels import LABELS
from kb_tools.widget import bundle, publication

COLUMNS = 100
RUNTIME = ("day", "months", "where-to-ask")
"""Words that are no labels: of CLDR, and of the knowledge base."""
LANGUAGES = {"xx": {"html": "xx-Test", "words": {key: f"«{key}»" for key in bundle.EARLY}}}
_IMPORTED = re.compile(r'^import [^;]*"\./([\w-]+)\.mjs";', re.MULTILINE)
_NAMED = re.compile(r"^(?:export )?(?:async )?(?:class|const|let|function\*?) (\w+)", re.MULTILINE)
_UNPACKING = re.compile(r"^ *(?:const|let) [\[{][^;]*?[\]}] = ([^;]*);", re.MULTILINE)
_SAID = re.compile(
    r'(?:label|led|said|#say)\((?:"[\w-]+", )?"([\w-]+)"|labels(?:\.(\w+)|\["([\w-]+)"\])'
)
"""A word that a module says by its key; before the key may stand the name of a part."""
_WORD = re.compile(r'"(widget-[\w-]+)": "([^"]+)"')


@pytest.fixture(scope="module")
def node() -> str:
    return javascript.node()


@pytest.fixture(scope="module")
def compare(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Compare:
    return javascript.compare(index, tmp_path_factory.mktemp("compared"))


def test_the_vectors_are_what_python_makes_of_their_texts(root):
    made = javascript.run(sys.executable, root / "scripts/vectors.py", "--analysis", "--check")
    assert not made.returncode, made.stderr


def test_the_javascript_passes_its_own_tests(root, node):
    done = javascript.run(node, "--test", *sorted((root / "tests/widget/js").glob("*.test.mjs")))
    assert not done.returncode, done.stdout


def test_the_published_module_exports_what_pages_use(node, tmp_path):
    (tmp_path / "module.mjs").write_bytes(bundle.module(LANGUAGES))
    (tmp_path / "page.mjs").write_text(
        """
        globalThis.HTMLElement = class {};
        globalThis.customElements = new Map();
        customElements.define = customElements.set;
        const module = await import("./module.mjs");
        const pieces = module.segments("ab", [{ start: 1, end: 2, kind: "date" }]);
        const loaded = module.Engine.load("", { fetch: async () => new Response("{}") });
        const told = await loaded.catch(({ code }) => code);
        console.log(JSON.stringify([Object.keys(module), pieces.length, told]));
        console.log(customElements.has("policy-kb"));
        """,
        "utf-8",
    )
    done = javascript.run(node, tmp_path / "page.mjs")
    assert done.stdout.split("\n")[:2] == [
        '[["Engine","fill","headingOf","plainText","segments","tableView","targetsView",'
        '"writeToClipboard"],2,"not-json"]',
        "true",
    ], done.stderr


def test_the_published_module_has_the_languages_that_it_is_given():
    made = bundle.module(LANGUAGES).decode()
    assert "xx-Test" in made
    for key in bundle.EARLY:
        assert f"«{key}»" in made
        assert f'"{LABELS[key]}"' not in made
    assert bundle.integrity(LANGUAGES) != bundle.integrity({})


def test_the_words_in_the_repository_are_the_english_labels(root):
    text = (root / "kb_tools/widget/languages.mjs").read_text("utf-8")
    assert _WORD.findall(text) == [(key, LABELS[key]) for key in bundle.EARLY]


def test_a_module_stands_below_those_that_it_imports_and_no_two_share_a_name():
    """They are put into one function, where a name that is given twice is no error."""
    texts = {name: (bundle.FOLDER / f"{name}.mjs").read_text("utf-8") for name in bundle.MODULES}
    assert set(texts) == {path.stem for path in bundle.FOLDER.glob("*.mjs")}
    for place, (name, text) in enumerate(texts.items()):
        assert set(_IMPORTED.findall(text)) <= set(bundle.MODULES[:place]), name
    names = [name for text in texts.values() for name in _NAMED.findall(text)]
    assert len(names) == len(set(names))


def test_no_declaration_is_one_that_the_minifier_moves_too_far():
    """It moves `const {…} = …` above the constants before it, and does not see those that the value
    names in an object.
    """
    for path in bundle.FOLDER.glob("*.mjs"):
        for value in _UNPACKING.findall(path.read_text("utf-8")):
            assert "{" not in value, f"{path.name}: give the object in {value!r} a name"


@pytest.mark.parametrize(
    "folder", ["kb_tools/widget", "kb_tools/site/theme/javascripts", "tests/widget/js"]
)
def test_no_line_of_javascript_is_too_long(root, folder):
    """The formatter wraps code, but neither comments nor texts."""
    paths = [path for path in (root / folder).iterdir() if path.suffix in (".js", ".mjs")]
    assert paths
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert len(line) <= COLUMNS, f"{path}:{number}"


def test_every_question_gets_the_same_reply(compare: Compare, root: Path) -> None:
    compare(root / "tests/starter.jsonl")


def test_every_option_gets_the_same_reply(compare: Compare, root: Path, tmp_path: Path) -> None:
    texts = [row["text"] for _, row in jsonl.read(root / "tests/starter.jsonl")]
    days = ["2024-06-27", "2024-06-28", "2024-06-29", "2031-03-16", "2031-03-17", "2025-01-01"]
    options = [
        {
            "text": text,
            "language": [None, "en", "fr", "ja", "zh", "de"][place % 6],
            "limit": 1 + place % 10,
            "as_of": [None, *days][place % 7],
        }
        for place, text in enumerate([*texts, *texts[::-1]])
    ]
    compare(javascript.written(tmp_path, options))


def test_any_text_gets_the_same_reply(compare: Compare, tmp_path: Path) -> None:
    texts = javascript.random_texts(20251122)
    compare(javascript.written(tmp_path, ({"text": text} for text in texts)))


def test_every_word_that_is_said_is_published_and_no_other(root):
    scripts = [
        *(root / "kb_tools/widget").glob("*.mjs"),
        root / "kb_tools/site/theme/javascripts/results.js",
    ]
    found = _SAID.findall("\n".join(path.read_text("utf-8") for path in scripts))
    keys = {key for groups in found for key in groups if key in LABELS or key in RUNTIME}
    assert {key for key in keys if not key.startswith("widget-")} == set(publication.LABELS)
