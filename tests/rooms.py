"""The rooms of the package from the bottom up: a room imports only from rows above its own."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "kb_tools"

LAYERS = (
    {"errors"},
    {"textfile"},
    {
        "days",
        "entry",
        "files",
        "folders",
        "jsonl",
        "layout",
        "locales",
        "state",
    },  # what every room may use
    {"content"},
    {"search"},
    {"language"},
    {"export", "project"},
    {"widget"},
    {"site"},
    {"proof"},
    {"desk"},
    {"builder", "starter"},
    {"commands"},
    {"__main__"},
)
