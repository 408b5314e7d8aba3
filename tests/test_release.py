"""What a release is sent out with: its bill of materials, and what is known against its parts."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from test_scripts import script


def pinned(root: Path) -> dict[str, str]:
    """All pinned packages with their versions."""
    text = (root / "requirements-dev.txt").read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.M))


def test_the_bill_of_materials_names_every_pinned_package_with_hashes(
    root: Path, tmp_path: Path
) -> None:
    sbom = script(root, "sbom")
    first = sbom.written(tmp_path / "one").read_bytes()
    assert first == sbom.written(tmp_path / "two").read_bytes(), "the same bytes each time"
    bill = json.loads(first)
    assert bill["bomFormat"] == "CycloneDX"
    found = {part["name"]: part["version"] for part in bill["components"]}
    assert found == pinned(root)
    references = [part["externalReferences"] for part in bill["components"]]
    assert all(each["hashes"] for found in references for each in found)


def vulnerable(folder: Path, **affected: object) -> Path:
    """A database of OSV with one vulnerability of Jinja2."""
    package = {"name": "Jinja2", "ecosystem": "PyPI"}
    entry = {
        "id": "PYSEC-2026-1",
        "modified": "2026-11-01T00:00:00Z",
        "summary": "It was made up for a test.",
        "affected": [{"package": package, **affected}],
        **({"withdrawn": "2026-11-02T00:00:00Z"} if affected.get("withdrawn") else {}),
    }
    path = folder / "osv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("PYSEC-2026-1.json", json.dumps(entry))
    return path


def ranged(*events: dict[str, str]) -> list[dict[str, object]]:
    return [{"type": "ECOSYSTEM", "events": list(events)}]


AFFECTED = [
    # what is affected, whether the pinned version is
    ({"versions": ["{here}"]}, True),
    ({"versions": ["0.1"]}, False),
    ({"ranges": ranged({"introduced": "0"})}, True),
    ({"ranges": ranged({"introduced": "0"}, {"fixed": "{here}"})}, False),
    ({"ranges": ranged({"fixed": "999"}, {"introduced": "0"})}, True),
    ({"ranges": ranged({"introduced": "0"}, {"last_affected": "{here}"})}, True),
    ({"ranges": ranged({"introduced": "999"})}, False),
    ({"versions": ["{here}"], "withdrawn": True}, False),
]


@pytest.mark.parametrize(("affected", "is_known"), AFFECTED)
def test_without_the_service_a_copy_of_its_database_is_asked(
    root: Path, tmp_path: Path, affected: dict[str, object], is_known: bool
) -> None:
    here = pinned(root)["jinja2"]
    said = json.loads(json.dumps(affected).replace("{here}", here))
    path = vulnerable(tmp_path, **said)
    run = subprocess.run(
        [sys.executable, str(root / "scripts/audit.py"), "--database", str(path)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.returncode == is_known, run.stdout + run.stderr
    assert ("PYSEC-2026-1" in run.stdout) == is_known
    assert f"saved on {dt.date.today()}, newest entry of 2026-11-01" in run.stdout


def test_without_service_and_database_nothing_is_claimed(root: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(root / "scripts/audit.py"), "--database", str(tmp_path / "none.zip")],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.returncode == 2
    assert "NOT AUDITED" in run.stderr
