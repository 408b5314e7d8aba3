"""The HTTP API as it runs: a process of its own, asked over the network of this machine."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from desk.conftest import ASKED, TRASH, Running, serving
from kb_tools import builder
from kb_tools.project import Project
from kb_tools.search import reply as replies
from kb_tools.search.answer import Answerer

MARK = "zyxwvut"
"""A word that is in no file of the program."""


def ask(service: Running, question: str, **more: str) -> str:
    return f"/v1/answers?{urlencode({'q': question, **more})}"


@pytest.mark.parametrize("shown", ASKED)
@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_is_what_the_answerer_says(
    service: Running, answerer: Answerer, asked: str, shown: str
) -> None:
    status, _, told = service.get(ask(service, ASKED[asked], lang=shown))
    own = replies.record(answerer.ask(ASKED[asked], language=shown))
    assert (status, told) == (200, json.loads(json.dumps(own)))


def test_the_language_is_that_of_the_browser_where_none_is_named(service: Running) -> None:
    path = ask(service, ASKED["en"])
    assert (
        service.get(path, **{"Accept-Language": "xx, zh-Hant;q=0.9, fr;q=0.8"})[2]["language"]
        == "zh"
    )
    assert service.get(path)[2]["language"] == "en"
    assert service.get(ask(service, ASKED["en"], lang="fr-CA"))[2]["language"] == "fr"


def test_a_fact_is_sent_again_only_when_it_has_changed(
    service: Running, answerer: Answerer
) -> None:
    path = f"/v1/facts/{TRASH}?lang=fr"
    status, headers, told = service.get(path)
    assert (status, told) == (200, json.loads(json.dumps(answerer.entry(TRASH, "fr").record())))
    assert service.get(path, **{"If-None-Match": headers["ETag"]})[0] == 304
    assert service.get(f"/v1/facts/{TRASH}?lang=ja")[1]["ETag"] != headers["ETag"]


FILTERS: list[tuple[str, Callable[[Answerer, str], bool]]] = [
    ("page=handling", lambda made, fact: fact.startswith("handling/")),
    (
        "kind=duration",
        lambda made, fact: any(v.kind == "duration" for v in made.entry(fact, "en").values),
    ),
    (
        "subject=trash",
        lambda made, fact: any(s.id == "trash" for s in made.entry(fact, "en").about),
    ),
    ("changed_since=2100-01-01", lambda made, fact: False),
    ("", lambda made, fact: True),
]


@pytest.mark.parametrize(("query", "fits"), FILTERS, ids=[query for query, _ in FILTERS])
def test_facts_are_listed_by_what_they_are(
    service: Running, answerer: Answerer, query: str, fits: Callable[[Answerer, str], bool]
) -> None:
    told = service.get(f"/v1/facts?lang=en&{query}")[2]
    wanted = [fact for fact in answerer.index.manifest["facts"] if fits(answerer, fact)]
    assert [fact["fact"] for fact in told["facts"]] == wanted
    assert told["total"] == len(wanted)
    two = service.get(f"/v1/facts?lang=en&{query}&limit=2&offset=1")[2]
    assert [fact["fact"] for fact in two["facts"]] == wanted[1:3]


BAD = [
    ("/v1/answers", 422, "bad-request"),
    ("/v1/answers?q=%20%21", 422, "no-words"),
    ("/v1/answers?q=trash&lang=xx", 422, "unknown-language"),
    ("/v1/answers?q=trash&as_of=2025-02-30", 422, "bad-request"),
    ("/v1/answers?q=trash&limit=99", 422, "bad-request"),
    ("/v1/answers?q=" + "a" * 9000, 422, "bad-request"),
    ("/v1/answers?q=" + "a" * 50_000, 414, "too-long"),
    ("/v1/facts/handling/nothing", 404, "unknown-fact"),
    ("/v1/nothing", 404, "not-found"),
    ("/v1/answers/", 404, "not-found"),
]


@pytest.mark.parametrize(("path", "status", "code"), BAD, ids=[path[:40] for path, *_ in BAD])
def test_a_bad_question_is_told_in_one_shape(
    service: Running, path: str, status: int, code: str
) -> None:
    found, headers, told = service.get(path)
    assert (found, told["error"]["code"]) == (status, code)
    assert told["error"]["message"]
    assert "Traceback" not in str(told)
    assert headers["X-Content-Type-Options"] == "nosniff"


BODIES = [
    (b"", 422),
    (b"{", 422),
    (b'{"body": 1}', 422),
    (b'{"body": "trash", "other": 1}', 422),
    (b'{"body": "\xff\xfe"}', 422),
    (b'{"body": "\\ud800 trash"}', 422),
    (b'{"body": "<script>{{ 7 * 7 }} #{x} {% x %}</script>"}', 200),
    (b'{"body": "' + b"a" * 200_000 + b'"}', 422),
    (b'{"body": "' + b"a" * 400_000 + b'"}', 422),
]


@pytest.mark.parametrize(("body", "status"), BODIES, ids=[str(body[:30]) for body, _ in BODIES])
def test_a_bad_ticket_is_refused_and_an_odd_one_is_read(
    service: Running, body: bytes, status: int
) -> None:
    found, _, told = service.post("/v1/suggestions", body)
    assert found in (status, 400) if status == 422 else found == status
    assert ("error" in told) == (found != 200)


def test_a_question_with_broken_letters_is_answered_or_refused(service: Running) -> None:
    for path in ("/v1/answers?q=%ff%fe", "/v1/answers?q=%ed%a0%80trash", "/v1/facts/%ff/%00"):
        assert service.get(path)[0] in (200, 404, 422)


def test_a_wrong_method_is_told(service: Running) -> None:
    status, _, told = service.post("/v1/answers?q=trash", b"{}")
    assert (status, told["error"]["code"]) == (405, "method-not-allowed")


def test_the_site_is_beside_the_api_with_its_policy_and_its_page_for_the_lost(
    service: Running, site: Path
) -> None:

    with urllib.request.urlopen(f"{service.address}/en/") as page:
        assert page.read() == (site / "en/index.html").read_bytes()
        assert "require-trusted-types-for" in page.headers["Content-Security-Policy"]
    with pytest.raises(urllib.error.HTTPError) as lost:
        urllib.request.urlopen(f"{service.address}/en/nothing/")
    assert lost.value.code == 404
    assert lost.value.read() == (site / "404.html").read_bytes()
    with urllib.request.urlopen(f"{service.address}/policy-kb/integrity.json") as shared:
        assert shared.headers["Access-Control-Allow-Origin"] == "*"


def test_only_the_search_box_is_given_to_pages_of_any_origin_wherever_the_site_is(
    index: Path, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "policy-kb").symlink_to(site)
    with serving(index, tmp_path, "--site", str(tmp_path / "policy-kb")) as service:
        for path, shared in (("/en/", None), ("/policy-kb/integrity.json", "*")):
            with urllib.request.urlopen(service.address + path) as page:
                assert page.headers["Access-Control-Allow-Origin"] == shared


def test_schemathesis_finds_nothing_in_what_the_openapi_document_promises(
    service: Running,
) -> None:

    program = str(Path(sys.executable).parent / "st")
    bounds = ("--max-examples", "25", "--seed", "1", "--phases", "examples,coverage,fuzzing")
    # what a schema allows may still have no words, or name a language that there is not
    but = ("--exclude-checks", "positive_data_acceptance")
    run = subprocess.run(
        [program, "run", f"{service.address}/openapi.json", *bounds, *but],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
        cwd=service.log.parent,
    )
    assert run.returncode == 0, run.stdout[-6000:]


def test_no_text_of_a_question_is_kept_anywhere(index: Path, site: Path, tmp_path: Path) -> None:
    with serving(index, tmp_path, "--rate", "0", "--site", str(site)) as service:
        for number in range(300):
            service.get(ask(service, f"trash {MARK}{number}"))
            service.post("/v1/suggestions", json.dumps({"body": f"{MARK} trash"}).encode())
            service.get(f"/v1/{MARK}")
        with urllib.request.urlopen(f"{service.address}/metrics") as told:
            counts = told.read().decode()
        assert 'kb_requests_total{route="/v1/answers",status="200"} 300.0' in counts
    kept = [
        path
        for path in (*tmp_path.rglob("*"), *index.rglob("*"), *site.rglob("*"))
        if path.is_file()
    ]
    assert service.log in kept
    assert len(service.log.read_text("utf-8").splitlines()) >= 900
    assert MARK not in counts
    assert [path for path in kept if MARK.encode() in path.read_bytes()] == []


def test_a_client_that_asks_too_often_is_told_to_wait(index: Path, tmp_path: Path) -> None:
    with serving(index, tmp_path, "--rate", "5/minute") as service:
        told = [service.get("/v1/facts?limit=1") for _ in range(6)]
        assert [status for status, *_ in told] == [200] * 5 + [429]
        assert told[-1][1]["Retry-After"]
        assert service.get("/healthz")[0] == 200, "who watches the service is never refused"


def test_only_pages_of_origins_that_are_allowed_may_ask(index: Path, tmp_path: Path) -> None:
    with serving(index, tmp_path, "--allow-origin", "https://desk.example") as service:
        asked = {"Origin": "https://desk.example"}
        assert (
            service.get("/v1/facts", **asked)[1]["Access-Control-Allow-Origin"] == asked["Origin"]
        )
        other = service.get("/v1/facts", Origin="https://other.example")[1]
        assert other["Access-Control-Allow-Origin"] is None


def test_behind_a_proxy_at_a_path_addresses_begin_with_it(
    index: Path, site: Path, tmp_path: Path
) -> None:
    """The proxy takes the path off, and readers must be sent back to it."""
    with serving(index, tmp_path, "--site", str(site), "--root-path", "/policies/") as service:
        status, _, told = service.get("/openapi.json")
        assert (status, told["servers"]) == (200, [{"url": "/policies"}])
        assert service.get(ask(service, ASKED["fr"]))[2]["answers"][0]["fact"] == TRASH
        assert service.post("/v1/answers", b"{}")[0] == 405
        assert service.get("/v1/nothing")[2]["error"]["code"] == "not-found"
        host = service.address.removeprefix("http://")
        with socket.create_connection(tuple(host.split(":"))) as asking:
            asking.sendall(
                f"GET /en HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
            )
            head = asking.makefile("rb").read().decode().lower()
        assert f"location: http://{host}/policies/en/" in head


def test_a_new_index_is_taken_and_a_restart_made_while_nobody_loses_an_answer(
    copy: Path, tmp_path: Path
) -> None:
    project, index = Project(copy), tmp_path / "index"
    builder.build_index(project, index, project.locales)
    (tmp_path / "run").mkdir()
    failed: list[object] = []
    done = threading.Event()
    with serving(index, tmp_path / "run", "--rate", "0", "--workers", "2") as service:
        before = service.get(f"/v1/facts/{TRASH}?lang=en")[2]["text"]

        def load() -> None:
            while not done.is_set():
                try:
                    status, _, told = service.get(f"/v1/answers?q={quote(ASKED['ja'])}&lang=en")
                    if status != 200 or told["answers"][0]["fact"] != TRASH:
                        failed.append(told)
                except OSError as error:
                    failed.append(error)

        threads = [threading.Thread(target=load) for _ in range(4)]
        for thread in threads:
            thread.start()
        path = copy / "docs/facts/handling.yml"
        path.write_text(path.read_text("utf-8").replace("P30D", "P31D"), "utf-8")
        changed = Project(copy)
        builder.build_index(changed, index, changed.locales)
        deadline = time.monotonic() + 30
        while service.get(f"/v1/facts/{TRASH}?lang=en")[2]["text"] == before:
            assert time.monotonic() < deadline, "the new index is not taken"
        service.process.send_signal(signal.SIGHUP)
        time.sleep(8)
        done.set()
        for thread in threads:
            thread.join()
    assert failed == []


def test_a_broken_new_index_leaves_the_old_one_answering(index: Path, tmp_path: Path) -> None:
    spoilt = Path(shutil.copytree(index, tmp_path / "index"))
    (tmp_path / "run").mkdir()
    with serving(spoilt, tmp_path / "run") as service:
        assert service.get("/readyz")[2]["status"] == "ok"
        (spoilt / "current.json").write_text("{", "utf-8")
        for _ in range(3):
            time.sleep(1.2)
            assert service.get(ask(service, ASKED["en"]))[0] == 200
    told = [line for line in service.log.read_text("utf-8").splitlines() if "failure" in line]
    assert len(told) == 1
    assert "current.json: cannot be read" in told[0]


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("what", ["none", "damaged", "gaps"])
def test_what_no_worker_could_begin_with_is_told_before_any_is_started(
    index: Path, tmp_path: Path, workers: str, what: str
) -> None:
    spoilt = Path(shutil.copytree(index, tmp_path / "index"))
    file = tmp_path / "gaps.db"
    if what == "none":
        shutil.rmtree(spoilt)
    elif what == "damaged":
        (postings,) = spoilt.glob("*/postings-*.bin")
        postings.write_bytes(postings.read_bytes()[:100])
    else:
        file.write_bytes(b"of somebody else" * 100)
    options = ("--port", "0", "--no-semantic", "--workers", workers, "--gaps", str(file))
    run = subprocess.run(
        [sys.executable, "-m", "kb_tools", "serve", "--index", str(spoilt), *options],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=30,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert len(run.stderr.splitlines()) == 2
    assert ("Name another file" if what == "gaps" else "Run kb index") in run.stderr
