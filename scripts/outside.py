"""Try the built package as a stranger gets it: in an empty environment, outside the repository.

Builds the wheel, installs it into new environments, and runs `kb init`, `kb build`, `kb check` and
`kb ask` in 1, 2, 4 and 12 languages; then answers from an index where only what answering needs is
installed, and serves it where only the extras for that are. Run by `make outside` and by `.ci/run`;
fails at the first thing that is not right.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
LANGUAGES = (
    "en",
    "en,fr",
    "en,fr,ja,zh",
    "en,fr,ja,zh,es,it,nl,pt,ko,sv,pl,cs",
)
ASKED = {
    "en": ("How long can I restore a file from the trash?", "handling/deleted-files"),
    "fr": ("Combien de temps un lien de partage fonctionne-t-il ?", "handling/shared-links"),
    "ja": ("オフラインコピーは端末にどのくらい残りますか", "handling/offline-copies"),
    "zh": ("回收站里的文件保留多久？", "handling/deleted-files"),
}


def main() -> None:
    """Build, install, and use; print a line a step."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = _wheel(folder / "wheel")
        author = _environment(folder / "author", f"{wheel}[build]")
        for number, languages in enumerate(LANGUAGES):
            _use(author, folder / f"base-{number}", languages)
        reader = _environment(folder / "reader", str(wheel))
        index = folder / "base-2/build/index"
        _ask(reader, folder, ["--index", str(index)], ("en", "fr", "ja", "zh"))
        print("an index is answered from with what answering needs alone")
        service = _environment(folder / "service", f"{wheel}[mcp,serve]")
        _serve(service, folder, index)
        _run([str(service), "mcp", "--index", str(index)], folder)
        print("and served, to people and to agents, with the extras serve and mcp alone")


def _wheel(folder: Path) -> Path:
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    wheel = next(folder.glob("*.whl"))
    print(f"{wheel.name}: {wheel.stat().st_size / 1000:.0f} kB")
    return wheel


def _environment(folder: Path, wanted: str) -> Path:
    """A new environment with a wheel and what it needs, in the versions of the lock file."""
    _run([sys.executable, "-m", "venv", str(folder)], folder.parent)
    locked = (ROOT / "requirements-dev.txt").read_text("utf-8")
    constraints = folder / "constraints.txt"
    constraints.write_text(
        "\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", locked, re.MULTILINE)), "utf-8"
    )
    packages = next((folder / "lib").glob("python*/site-packages"))
    before = _size(packages)
    pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--no-compile"]
    _run([*pip, "--disable-pip-version-check", "--constraint", str(constraints), wanted], folder)
    print(f"{Path(wanted).name} installed: {(_size(packages) - before) / 1e6:.0f} MB", flush=True)
    return folder / "bin/kb"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _use(kb: Path, folder: Path, languages: str) -> None:
    start = time.monotonic()
    _run([str(kb), "init", str(folder), "--languages", languages], folder.parent)
    _run([str(kb), "build"], folder)
    checked = _run([str(kb), "check"], folder)
    notes = checked.stderr.strip().splitlines()
    codes = languages.split(",")
    _ask(kb, folder, [], [code for code in codes if code in ASKED])
    missing = [code for code in codes if not (folder / f"site/{code}/index.html").exists()]
    assert not missing, f"no site in {missing}"
    print(f"{len(codes)} languages: {notes[-1]}, {len(notes) - 1} partial", end="")
    print(f", right answers, {time.monotonic() - start:.0f} s")


def _ask(kb: Path, folder: Path, options: list[str], codes: list[str] | tuple[str, ...]) -> None:
    for code in codes:
        question, fact = ASKED[code]
        printed = _run([str(kb), "ask", question, "--json", *options], folder).stdout
        reply = json.loads(printed)
        first = reply["answers"][0]["fact"] if reply["answered"] else "none"
        assert (first, reply["language"]) == (fact, code), f"{question} -> {first}"


def _serve(kb: Path, folder: Path, index: Path) -> None:
    """Ask the service in each language; it serves no site here, because none is named."""
    running = subprocess.Popen(
        [str(kb), "serve", "--index", str(index), "--port", "0", "--quiet"],
        cwd=folder,
        env={**_known(), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert running.stdout
    try:
        address = running.stdout.readline().split("/  ")[0]
        for question, fact in ASKED.values():
            with urlopen(f"{address}/v1/answers?q={quote(question)}") as response:
                assert json.load(response)["answers"][0]["fact"] == fact, question
    finally:
        running.terminate()
        running.wait(30)


def _known() -> dict[str, str]:
    """The environment without what belongs to this Python."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing of this environment; end with what it said where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=_known(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        print(f"{' '.join(command)}\n{done.stdout}{done.stderr}", file=sys.stderr)
        sys.exit(1)
    return done


if __name__ == "__main__":
    main()
