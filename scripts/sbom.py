"""Write the software bill of materials of a release: dist/kb-tools.cdx.json, CycloneDX, with every
package that the project is built and run with, in its version and with its hashes.

Run by `make sbom`; the same sources give the same bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKED = ROOT / "requirements-dev.txt"


def written(folder: Path) -> Path:
    """Write the bill into a folder, validated against CycloneDX's schema."""
    folder.mkdir(exist_ok=True)
    place = folder / "kb-tools.cdx.json"
    program = Path(sys.executable).with_name("cyclonedx-py")
    command = [program, "requirements", LOCKED, "--pyproject", ROOT / "pyproject.toml"]
    command += ["--mc-type", "application", "--output-reproducible", "--validate", "-o", place]
    subprocess.run([*map(str, command)], check=True, capture_output=True, encoding="utf-8")
    return place


def main() -> None:
    """Write it and tell what it has."""
    place = written(ROOT / "dist")
    components = json.loads(place.read_text("utf-8"))["components"]
    hashed = sum(bool(part.get("externalReferences")) for part in components)
    print(f"{place.relative_to(ROOT)}: {len(components)} packages, {hashed} of them with hashes")


if __name__ == "__main__":
    main()
