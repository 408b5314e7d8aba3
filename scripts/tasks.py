"""Do what a lawyer, a security officer, a developer and a support agent came for, one task after
the other, with the built index and the built site; tell which go well.

    python scripts/tasks.py

Questions are asked by words alone, as the search box does. Tasks with pages are done in Chromium.
Run by `make tasks`, after `kb build`. Ends with 1 where a task does not go well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from kb_tools import layout
from kb_tools.search.answer import Answerer

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import browser  # noqa: E402 - the tests' own Chromium

WIDE = {"width": 1440, "height": 900}


@dataclass(frozen=True)
class Asked:
    """A question in a language, with the facts of which one must be shown among the first ones, or
    the kinds of reaction that are right.
    """

    task: str
    language: str
    question: str
    facts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    among: int = 1


ASKED = (
    Asked(
        "a1", "fr", "combien de temps les lots sont-ils conservés", ("features/batch-retention",)
    ),
    Asked(
        "a3",
        "fr",
        "Y a-t-il une contradiction sur le lieu de stockage ?",
        ("regions/eu-storage-in-eu", "regions/storage-us-only", "regions/storage-us-default"),
        among=3,
    ),
    # the services that are named as taking part; no list of sub-processors is claimed
    Asked("a7", "fr", "sous-traitants", ("telemetry/statsig", "telemetry/sentry", "regions/aws")),
    Asked("a7", "fr", "droit à l'effacement", kinds=("none", "closest")),
    Asked("b1", "ja", "ファイルはどのくらい保存されるか", ("features/files-retention",)),
    Asked("b2", "ja", "暗号化", ("claude-code/encryption",), among=4),
    Asked("b3", "ja", "ZDRの対象外の機能をすべて教えてください", kinds=("list",)),
    Asked("b4", "ja", "Batch API と Files API の違い", kinds=("compare",)),
    Asked("b5", "ja", "BedrockでZDRは使えますか", ("zdr/bedrock-vertex",)),
    Asked(
        "b6",
        "ja",
        "データはどこの国に保存されますか",
        ("regions/storage-us-default", "regions/storage-us-only", "regions/eu-storage-in-eu"),
        among=3,
    ),
    Asked("b7", "ja", "テレメトリをすべて無効にするには", ("telemetry/disable-all",)),
    Asked("c1", "zh", "提示缓存保留多久", ("features/prompt-caching-lifetime",)),
    Asked("c2", "zh", "ZDR 下浏览器能直接调用 API 吗", ("zdr/cors", "zdr/cors-workaround")),
    Asked("c3", "zh", "我的 API 请求会被用来训练模型吗", ("training/commercial",)),
    Asked("c4", "zh", "关闭 sentry", ("telemetry/sentry-opt-out",)),
    Asked("c4", "zh", "DISABLE_TELEMETRY", ("telemetry/statsig-opt-out",)),
    Asked("c5", "zh", "代码会发送到服务器吗", ("claude-code/data-sent",)),
    Asked("c6", "zh", "如何申请 ZDR", ("zdr/how-to-request",)),
    Asked("c7", "zh", "结构化输出和 ZDR", ("features/structured-outputs-zdr",), among=2),
    Asked("c7", "zh", "结构化输出和 ZDR", ("features/structured-outputs-schema-cache",), among=3),
    Asked(
        "c8",
        "zh",
        "Team 套餐支持 ZDR 吗",
        ("zdr/excludes-work-enterprise", "retention/commercial-zdr"),
    ),
    Asked(
        "d1",
        "en",
        "Hi, a customer asks whether files that we upload through the Files API are deleted after"
        " 30 days or kept longer. Thanks!",
        ("features/files-retention",),
    ),
    Asked(
        "d2",
        "en",
        "we opted in, how long do you keep our data",
        ("retention/consumer-opted-in",),
    ),
    Asked(
        "d3",
        "en",
        "Does the Team plan have ZDR?",
        ("zdr/excludes-work-enterprise", "retention/commercial-zdr"),
    ),
    Asked("d4", "en", "how do I turn off error reporting?", ("telemetry/sentry-opt-out",)),
    Asked("d7", "en", "do you sign a BAA", kinds=("none",)),
)


def asked(answerer: Answerer) -> Iterator[tuple[str, str, str]]:
    """Each question with what is wrong with its reply, if anything."""
    for each in ASKED:
        reply = answerer.ask(each.question, language=each.language, limit=10)
        hits = [answer.entry.id for answer in reply.answers]
        wrong = ""
        if each.kinds and reply.kind not in each.kinds:
            wrong = f"{reply.kind}, not {' or '.join(each.kinds)}"
        if each.facts and not set(each.facts) & set(hits[: each.among]):
            wrong = f"{reply.kind}: {', '.join(hits[:3]) or 'nothing'}"
        yield each.task, each.question[:60], wrong


def source_and_day(page: Page, address: str) -> bool:
    """a2: which document says so, where in it, and when it was received."""
    page.goto(f"{address}/fr/features/#batch-retention")
    link = page.locator("#batch-retention ~ .kb-sources a").first
    title = link.get_attribute("title") or ""
    link.click()
    note = page.locator(f"li:has({link.get_attribute('href')})").inner_text()
    return "2026" in title and "2026" in note and "Zéro rétention" in note


def a_day_of_the_past(page: Page, address: str) -> bool:
    """a4: what held on a day."""
    page.goto(f"{address}/fr/regions/")
    page.locator(".kb-as-of input").fill("2025-09-01")
    page.locator(".kb-as-of input").dispatch_event("change")
    page.wait_for_url("**/?as-of=2025-09-01")
    told = page.locator(".kb-future--shown").all_inner_texts()
    return len(told) == 2 and "1 septembre 2025" in page.locator(".kb-as-of-note").inner_text()


def a_file_for_the_archive(page: Page, address: str) -> bool:
    """a5: the page on paper, with its address and the day."""
    page.goto(f"{address}/fr/regions/")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    page.emulate_media(media="print")
    return sheets <= 8 and "/fr/regions/" in page.locator(".kb-printed").inner_text()


def a_link_for_a_colleague(page: Page, address: str) -> bool:
    """a6: the link of one fact, on the host that the reader is on."""
    page.goto(f"{address}/fr/zdr/")
    copied(page, "#cors", "Copier le lien")
    return clipboard(page) == f"{address}/fr/zdr/#cors"


def a_table_for_a_spreadsheet(page: Page, address: str) -> bool:
    """b8: the table of features, as cells and as a file."""
    page.goto(f"{address}/ja/features/")
    page.get_by_role("button", name="表をコピー").first.click()
    page.get_by_role("button", name="コピーしました").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSVでダウンロード").first.click()
    file = Path(download.value.path()).read_text("utf-8")
    return "Batch API\t対象外\t29日間" in clipboard(page) and '"Batch API","対象外"' in file


def an_answer_in_japanese(page: Page, address: str) -> bool:
    """d5: the answer to a Japanese ticket, from an English page."""
    page.goto(f"{address}/en/features/")
    copied(page, "#files-retention", "日本語")
    return "明示的に削除されるまで" in clipboard(page)


def enter_leads_to_results(page: Page, address: str) -> bool:
    """d6: by keys alone, and the question is not lost."""
    page.goto(f"{address}/en/zdr/")
    page.locator("policy-kb").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("batch retention")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.locator(".kb-results .kb-section").first.wait_for()
    return page.locator(".kb-search-form input").input_value() == "batch retention"


def everything_on_one_screen(page: Page, address: str) -> bool:
    """d8: eligibility and retention of all features, seen at once."""
    page.goto(f"{address}/en/features/")
    box = page.locator(".kb-table").first.bounding_box()
    return box is not None and box["y"] + box["height"] <= WIDE["height"]


DONE: dict[str, Callable[[Page, str], bool]] = {
    "a2": source_and_day,
    "a4": a_day_of_the_past,
    "a5": a_file_for_the_archive,
    "a6": a_link_for_a_colleague,
    "b8": a_table_for_a_spreadsheet,
    "d5": an_answer_in_japanese,
    "d6": enter_leads_to_results,
    "d8": everything_on_one_screen,
}


def copied(page: Page, anchor: str, button: str) -> None:
    """Copy something of a fact by its menu."""
    menu = page.locator(f"{anchor} + .kb-actions")
    menu.locator("summary").click()
    page.evaluate("navigator.clipboard.writeText('nothing')")
    menu.get_by_text(button, exact=True).click()
    for _ in range(150):
        if clipboard(page) != "nothing":
            return
        page.wait_for_timeout(100)


def clipboard(page: Page) -> str:
    """What was copied."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def done(chromium: Browser, address: str) -> Iterator[tuple[str, str, str]]:
    """Each task with pages, with what is wrong, if anything."""
    for task, act in DONE.items():
        context = chromium.new_context(viewport=WIDE)  # type: ignore[arg-type]
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        what = (act.__doc__ or "").partition(": ")[2]
        yield task, what, "" if act(context.new_page(), address) else "not so"
        context.close()


def main() -> int:
    """Print a line a task; 1 where one does not go well."""
    answerer = Answerer.open(ROOT / layout.INDEX, semantic=False)
    with browser.chromium() as chromium, browser.serving(ROOT / layout.SITE) as address:
        told = [*asked(answerer), *done(chromium, address)]
    for task, what, wrong in sorted(told):
        print(f"{task}  {'✗' if wrong else '✓'}  {what}{f'  ({wrong})' if wrong else ''}")
    failed = {task for task, _, wrong in told if wrong}
    tasks = {task for task, _, _ in told}
    print(f"{len(tasks - failed)} of {len(tasks)} tasks go well; a8 (what changed) is not built")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
