"""What the site has for software that reads text."""

from __future__ import annotations

import re
from pathlib import Path

from kb_tools.project import Project


def test_the_list_leads_to_the_markdown_of_every_page_in_every_language(
    site: Path, project: Project
) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith(f"# {project.settings.name}\n\n> {project.settings.intro}\n")
    led = re.findall(r"\]\(([^)]*)\)", text)
    paths = [address.removeprefix(project.site_url) for address in led]
    assert len(paths) == len(project.locales) * len(project.settings.pages)
    assert all((site / path).is_file() for path in paths)


def test_the_whole_has_every_fact_with_its_address_and_the_notice_on_authority(
    site: Path, project: Project
) -> None:
    text = (site / "llms-full.txt").read_text("utf-8")
    assert project.settings.authority.documents in text
    entries = project.editions[project.locales[0].code]
    assert [entry.id for entry in entries if f"<{entry.url}>" not in text] == []
