"""What is pasted from the service is what the search box inserts."""

from __future__ import annotations

import json
from pathlib import Path

import javascript
import pytest

from desk.conftest import ASKED
from kb_tools.desk import wording
from kb_tools.search import reply as replies
from kb_tools.search.answer import Answerer

SAY = """
import { readFileSync } from "node:fs";
import { plainText } from "{view}";
const { answers, labels } = JSON.parse(readFileSync(0, "utf-8"));
const label = (key) => labels[key];
console.log(JSON.stringify(answers.map((answer) => plainText(answer, label))));
"""


@pytest.mark.parametrize("language", ASKED)
def test_the_service_and_the_search_box_say_every_fact_in_the_same_words(
    answerer: Answerer, root: Path, tmp_path: Path, language: str
) -> None:
    entries = (answerer.entry(fact, language) for fact in answerer.index.manifest["facts"])
    told = [answerer.ask(entry.title, language=language).answers[0] for entry in entries]
    labels = dict(answerer.index.labels(language))
    script = tmp_path / "say.mjs"
    view = (root / "kb_tools/widget/view.mjs").as_uri()
    script.write_text(SAY.replace("{view}", view), "utf-8")
    given = {"answers": [replies.answer_record(answer) for answer in told], "labels": labels}
    done = javascript.run(javascript.node(), script, given=json.dumps(given))
    assert json.loads(done.stdout) == [wording.plain(answer, labels) for answer in told]
