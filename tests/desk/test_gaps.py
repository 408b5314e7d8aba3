"""What could not be answered is counted by words of the facts, and by nothing else."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from desk.conftest import serving
from kb_tools.commands.cli import cli
from kb_tools.desk import gaps
from kb_tools.desk.gaps import Gaps
from kb_tools.errors import BadInput
from kb_tools.search.answer import Answerer

ASKED = "Where is the zyxwvut of Jane Doe (jane@example.com) for my bicycle and my files?"


def test_only_words_that_facts_have_are_counted(answerer: Answerer, tmp_path: Path) -> None:
    path = tmp_path / "gaps.db"
    for _ in range(3):
        Gaps(path, 30).note(answerer, ASKED)
    found = dict(gaps.counts(path, 30))
    assert found
    assert set(found.values()) == {3}
    assert all(
        term in answerer.index.offsets or f"#{term}" in answerer.index.offsets for term in found
    )
    for word in (b"zyxwvut", b"jane", b"bicycle", b"example"):
        assert word not in path.read_bytes().lower()


def test_counts_are_removed_when_they_are_too_old(answerer: Answerer, tmp_path: Path) -> None:
    path = tmp_path / "gaps.db"
    Gaps(path, 30).note(answerer, ASKED)
    with sqlite3.connect(path) as file:
        old = dt.date.today() - dt.timedelta(days=31)
        file.execute("update gaps set day = ?", (old.isoformat(),))
    file.close()
    assert gaps.counts(path, 30) == []
    assert gaps.counts(path, 31), "reading removes nothing"
    Gaps(path, 30).note(answerer, "wxq")
    assert gaps.counts(path, 31) == []


def test_older_counts_are_removed_when_that_is_asked_for(
    answerer: Answerer, tmp_path: Path
) -> None:
    path = tmp_path / "gaps.db"
    Gaps(path, 30).note(answerer, ASKED)
    with sqlite3.connect(path) as file:
        file.execute("update gaps set day = '2020-01-01'")
    file.close()
    assert CliRunner().invoke(cli, ["gaps", str(path), "--purge"]).exit_code == 0
    assert gaps.counts(path, 36500) == []


def test_a_file_of_another_program_is_left_as_it_is(answerer: Answerer, tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    with sqlite3.connect(path) as file:
        file.execute("create table bookmarks (address text)")
    file.close()
    before = path.read_bytes()
    for use in (lambda: Gaps(path, 30).note(answerer, ASKED), lambda: gaps.counts(path, 30)):
        with pytest.raises(BadInput, match="it is a file of another program\n    Name another"):
            use()
    assert path.read_bytes() == before


def test_the_service_counts_only_what_it_could_not_answer_and_where_it_is_told_to(
    index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "gaps.db"
    with serving(index, tmp_path, "--gaps", str(path)) as service:
        service.get(f"/v1/answers?q={quote('How long do deleted files stay in the trash?')}")
        assert gaps.counts(path, 30) == []
        service.get(f"/v1/answers?q={quote(ASKED)}")
    printed = CliRunner().invoke(cli, ["gaps", str(path), "--json"])
    assert printed.exit_code == 0
    assert {row["questions"] for row in json.loads(printed.output)} == {1}


def test_a_file_that_cannot_be_written_keeps_nobody_from_an_answer(
    index: Path, tmp_path: Path
) -> None:
    spoilt = tmp_path / "gaps.db"
    with serving(index, tmp_path, "--gaps", str(spoilt)) as service:
        assert service.get("/readyz")[0] == 200
        spoilt.write_bytes(b"no database" * 100)
        assert service.get(f"/v1/answers?q={quote(ASKED)}")[0] == 200
    assert '"failure": "gaps"' in service.log.read_text("utf-8")
    assert spoilt.read_bytes() == b"no database" * 100


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no file of gaps\n    Start kb serve with --gaps"):
        gaps.counts(tmp_path / "none", 30)
