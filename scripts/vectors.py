"""Vectors that hold the widget's JavaScript and `kb_tools` together: what Python makes of texts,
and what it replies to questions.

    scripts/vectors.py --analysis            write tests/vectors.json, from the texts of this file
    scripts/vectors.py --analysis --check    fail where that file is out of date
    scripts/vectors.py --index DIR --questions FILE
                                             print the reply to each question of a JSONL file, one
                                             JSON line each

A question is `{"text"}`, and may name `language`, `limit` and `as_of` too. Replies depend on the
index and are not committed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kb_tools.errors import BadQuestion
from kb_tools.search import analysis, variants
from kb_tools.search.answer import Answerer
from kb_tools.search.concepts import Matcher
from kb_tools.search.reply import record
from kb_tools.search.spelling import Speller
from kb_tools.widget.publication import hash_of

VECTORS = Path(__file__).parent.parent / "tests/vectors.json"

# Characters since Unicode 14 are left out: Python and browsers know different versions.
TEXTS = [
    *["", " ", "\n", "a", "I", "é", "'", "...", "～", "?!", "_", "__init__", "-"],
    *[
        "How long are message batches kept?",
        "RÉTENTION Zéro",
        "Œuvre façade straße",
        "STRASSE ẞ ß",
        "naïve CAFÉ Ångström",
    ],
    *[
        "ﬁle ﬀ ﬆ ſtart",
        "İstanbul ISPARTA ılık Iğdır",
        "ΣΊΣΥΦΟΣ σίσυφος ΟΔΟΣ.",
        "ᾳ ᾼ ΐ ΰ ᾷ ᾀ",
        "ǰ ŉ ẖ ẚ և",
        "Ǆ ǅ ǆ Ǳ",
    ],
    *[
        "µm Ω K Å ℡ ™ ½ ² ③ Ⅷ ℃",
        "ПРИВЕТ Ёлка Й",
        "ᲀ ᲁ",
        "ქართული ᲥᲐᲠᲗᲣᲚᲘ",
        "Հայերեն ԵՒ",
        "ϐ ϑ ϕ ϖ ϰ ϱ ϵ ϴ ς",
    ],
    *[
        "שלום עולם",
        "كم يومًا تحتفظون بالبيانات؟",
        "الاحتفاظ ٢٩ days",
        "کتاب ۳۰ روز",
        "डेटा कितने दिन",
        "ข้อมูลเก็บกี่วัน",
        "தரவு",
    ],
    *["데이터 보존 기간", "데이터를 29일 보존", "한", "한국", "각 각", "ᄒ"],
    *[
        "ＺＤＲ　ｆｕｌｌ　ｗｉｄｔｈ",
        "ｃｌａｕｄｅ－ｓｕｐｐｏｒｔ＠ａｎｔｈｒｏｐｉｃ．ｃｏｍ",
        "２９日",
        "／ｖ１／ｆｉｌｅｓ",
    ],
    *[
        "ﾌﾟﾛﾝﾌﾟﾄｷｬｯｼｭ",
        "ｻｰﾊﾞｰ",
        "ｶﾞｷﾞｸﾞ",
        "ﾊﾟ",
        "ｰ",
        "コンソール サーバー",
        "ア ｱ アイ アa",
        "くろーど",
        "クロードコード",
        "がぎぱ",
        "が が",
    ],
    *["ゔ ヴ ゝゞ ヽヾ ゟ ヿ", "ヶ月 ヵ月 か月", "カ・タ・カ・ナ", "キ゚", "ーーー", "アーー゙"],
    *[
        "保持期間",
        "保持期間は何日ですか",
        "数据保留多久？",
        "數據保留 批次",
        "処理対象",
        "国々 人々",
        "〇〇 〆切 々",
        "データを保持する",
        "ZDRの対象",
    ],
    *[
        "𠮷野家",
        "𠀀𠀁",
        "𠮷a𠮷",
        "豈更",
        "豈",
        "﨑",
        "㐀㐁",
        "⼀⽂",
        "㍻ ㍿ ㌔",
        "保",
        "保持",
        "批处理API保留29天",
        "web版claude code",
    ],
    *[
        "24時間 29日間 60分 5分間 3週間 7年 12か月 6ヶ月",
        "24小时 29天 90 天 30分钟 2年 3周 6个月",
        "29 days 1 day 30d 24h 5 years 60 min",
    ],
    *[
        "29 jours 24 heures 5 ans 30 minutes 1 année",
        "30 Tage 24 Stunden 2 Jahre",
        "29\u00a0jours",
        "29\u202fjours",
        "29\u3000日",
        "29 \n days",
    ],
    *[
        "0030 days",
        "1234567890123 days",
        "٢٩ days",
        "२९ days",
        "２４ｈ",
        "𝟐𝟗 days",
        "29days",
        "29-days",
        "1.5 hours",
        "29 days30 days",
        "5e3 d",
    ],
    *[
        "/v1/messages/batches",
        "POST /v1/files HTTP",
        "what does /bug send",
        "//bug",
        "a//b",
        "a/b/c",
        "/",
        "/é",
        "é/bug",
        "x/",
    ],
    *[
        "DISABLE_TELEMETRY",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1",
        "claude-support@anthropic.com",
        "https://example.com/a?b=c#d",
    ],
    *[
        "settings.json ~/.claude/settings.json",
        "a_b.c-d@e/f",
        "_a_",
        "-x-",
        "a__b",
        "v4.6.",
        "x..y",
        "TLS 1.2+",
        "AES-256",
        "it's l'été d’abord",
    ],
    *["batch-api/", "foo_", "/foo/bar-", "@user", "user@", "é_é", "日本/v1", "v1日本"],
    *[
        "retentions kept days",
        "ssss",
        "sssss",
        "s",
        "class classes",
        "abc abcd abcde abcdef",
        "ªº",
        "tests' tests",
        "e\u0301te\u0301s",
    ],
    *[
        "a\u200bb\u202ec\x00d",
        "tab\tnew\nline\r\x1b[0m",
        "\x1c\x1d\x1e\x1f\x85",
        "soft\u00adhyphen",
        "\ufeffbom",
        "\u2028\u2029",
        "\u061c\u200f",
    ],
    *[
        "lone \ud800 surrogate",
        "\udfff",
        "\ud83d",
        "a\udc00b",
        "\ue000 private",
        "\ufffe\uffff \U0001ffff",
        "\U000e0001\U000e0041",
    ],
    *["🙂", "👩‍👩‍👧", "🇫🇷 batch", "1️⃣", "❤️", "batch🙂api", "𝐛𝐨𝐥𝐝 𝓈𝒸𝓇𝒾𝓅𝓉", "𐐀𐐁 𐐨", "𐌰𐌱𐌲𐌳𐌴𐌵s", "𝟎"],
    *[
        "<script>alert(1)</script>",
        "&lt;b&gt;",
        "' OR 1=1 --",
        "title:zdr AND *",
        "%(n)s {{x}} {% y %}",
        "C:\\Users\\x",
        "#zdr ~word =29d",
        "# ~ =",
    ],
    *[
        "a\u0301\u0323\u0345",
        "\u0345",
        "\u3099",
        "\u309a",
        "か\u3099",
        "カ\u30fc\u3099",
        "\u0301",
        "q\u0307\u0323",
        "ṩ",
        "Å\u0301",
    ],
    *[
        "constructor __proto__ toString hasOwnProperty",
        "ﷺ",
        "ﬃ",
        "㎏ ㎡",
        "ⓐⓑ",
        "x²",
        "№ 5",
        "§ 3",
        "a\u0000\u0000b",
        "\u1680x\u2003y",
    ],
    *[
        "w" * 64,
        "w" * 65,
        "ab" * 60 + "s",
        "/x" * 40,
        "a_" * 40,
        "é" * 70,
        "保" * 30,
        "𠮷" * 5,
        "9" * 30 + " days",
        "ー" * 20,
        "ab " * 30,
    ],
]

SENTENCES = [
    *[
        "One. Two? Three!",
        "一。二？三",
        "一。\n二！\n\n三",
        "version 4.6 stays\n\nnext",
        "  \n ",
        "",
        ".",
        "。",
        "。。",
        "a.b",
        "a. ",
        "?! x",
    ],
    *[
        "Mr. X. e.g. y",
        "tail。",
        "。head",
        "a.\u00a0b",
        "a.\u3000b",
        "a.\ufeffb",
        "a. \ufeff",
        "a.\x1cb\x1d",
        "\x85a\x85",
        "a\rb",
        "a.\r\nb",
        "a！ b？c",
    ],
    *["𠮷。𠮷", "...   x", "x\n\n\n", "\u2028a\u2029", "。\n！\n.\n?"],
]

WORDS = "retention retain arrangement request message messages batch batches files telemetry region regions encryption abcde abcdf bcdef eabcd"
MISSPELT = [
    *[
        "retnetion",
        "retension",
        "retentio",
        "rretention",
        "etention",
        "retention",
        "arangement",
        "requst",
        "mesages",
        "messagse",
        "messgaes",
    ],
    *[
        "batche",
        "batchs",
        "filez",
        "telemtry",
        "telemetrie",
        "reigons",
        "regoins",
        "encrption",
        "encryptionn",
        "encryptoin",
        "abcdg",
        "abcd",
        "abcdef",
    ],
    *[
        "bcdfe",
        "eabdc",
        "zbcde",
        "Retnetion",
        "rétention",
        "reten",
        "x" * 25,
        "",
        "retention1",
        "xetention",
        "abdce",
        "acbdf",
    ],
]

ALIASES = {
    "zdr": ["zdr", "zero data retention", "zero-data-retention", "零数据保留"],
    "data": ["data", "数据"],
    "retention": ["data retention", "保留", "retention"],
    "code": ["claude code", "code"],
    "claude": ["claude"],
    "han": ["零数", "𠮷"],
    "korean": ["데이터 보존"],
}
MENTIONS = [
    *[
        "zero data retention",
        "zero  data-retention!",
        "zero data",
        "data retention policy",
        "claude codes",
        "claude code",
        "claudecode",
        "零数据保留",
    ],
    *[
        "零数据",
        "零数保留",
        "数据保留",
        "web版zdr",
        "zdrの",
        "",
        "data",
        "zero zero data retention",
        "𠮷野家 𠮷",
        "데이터 보존",
        "데이터를 보존",
        "retention data",
    ],
]


def main() -> int:
    """Do what the options ask for; tell how it went."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--analysis", action="store_true", help="write tests/vectors.json")
    parser.add_argument("--check", action="store_true", help="only tell whether it is out of date")
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of an answer index")
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="questions as JSON lines",
    )
    asked = parser.parse_args()
    if asked.index:
        answerer = Answerer.open(asked.index)
        for line in (
            line for path in asked.questions for line in path.read_text("utf-8").splitlines()
        ):
            print(json.dumps(reply(answerer, json.loads(line))))
    if asked.analysis:
        wanted = vectors()
        if not asked.check:
            VECTORS.write_text(wanted, "utf-8")
        elif not VECTORS.is_file() or VECTORS.read_text("utf-8") != wanted:
            print(
                f"{VECTORS.name} is out of date\n    Run scripts/vectors.py --analysis.",
                file=sys.stderr,
            )
            return 1
    return 0


_CITED = ("document", "title", "section_title", "kind_text", "received_text")
"""What the widget knows of a source."""


def reply(answerer: Answerer, question: dict[str, Any]) -> dict[str, Any]:
    """What Python replies to a question, as the widget's engine tells it; `error` where it has no
    words.
    """
    day = question.get("as_of")
    try:
        made = answerer.ask(
            question["text"],
            language=question.get("language"),
            limit=question.get("limit", 3),
            as_of=dt.date.fromisoformat(day) if day else None,
        )
    except BadQuestion:
        return {"asked": question, "error": "empty"}
    told = record(made)
    entries = [
        answer.entry for answer in (*(made.answers if made.answered else ()), *made.not_in_force)
    ]
    for answer, entry in zip((*told["answers"], *told["not_in_force"]), entries, strict=True):
        answer["values"] = [
            {key: said[key] for key in ("label", "text", "kind")} for said in answer["values"]
        ]
        answer["sources"] = [{key: cited[key] for key in _CITED} for cited in answer["sources"]]
        answer["marks"] = [asdict(mark) for mark in entry.marks]
        del answer["reasons"]
    return {
        "asked": question,
        **{
            key: told[key]
            for key in (
                "asked_in",
                "language",
                "answered",
                "corrected",
                "as_of",
                "answers",
                "nearest",
                "not_in_force",
            )
        },
        "confidence": round(made.confidence, 9),
        "uncovered": bool(made.uncovered),
    }


def vectors() -> str:
    """The content of tests/vectors.json: one case a line."""
    folding = variants.folding()
    matcher = Matcher({term: concept for concept, terms in ALIASES.items() for term in terms})
    speller = Speller(WORDS.split())
    folded = {text: analysis.fold(text, folding) for text in TEXTS}
    found = {term for text in folded.values() for term, _ in analysis.tokens(text)}
    used = {character for text in TEXTS for character in unicodedata.normalize("NFKC", text)}
    sections: dict[str, Any] = {
        "folding": [
            "".join(
                chr(code) + simple for code, simple in sorted(folding.items()) if chr(code) in used
            )
        ],
        "texts": [
            {
                "text": text,
                "folded": read,
                "spaced": analysis.spaced(read),
                "terms": [term for term, _ in analysis.tokens(read)],
            }
            for text, read in folded.items()
        ],
        "classes": [
            [term, analysis.classify(term)]
            for term in sorted({*found, "#zdr", "~word", "=29d", "ꓐ", "𐌰"})
        ],
        "sentences": [[text, analysis.sentences(text)] for text in [*SENTENCES, *TEXTS]],
        "words": WORDS.split(),
        "spelling": [[word, speller.correct(word)] for word in MISSPELT],
        "concepts": list(ALIASES),
        "hashes": [
            [hash_of(analysis.spaced(term)), number]
            for number, terms in enumerate(ALIASES.values())
            for term in terms
        ],
        "mentions": [[text, matcher.find(analysis.fold(text, folding))] for text in MENTIONS],
    }
    return (
        "{\n"
        + ",\n".join(
            f'"{name}": [\n' + ",\n".join(_lines(cases)) + "\n]" for name, cases in sections.items()
        )
        + "\n}\n"
    )


def _lines(cases: list[Any]) -> Iterator[str]:
    return (_NOT_SHOWN.sub(_escaped, json.dumps(case, ensure_ascii=False)) for case in cases)


_NOT_SHOWN = re.compile(
    r"[\x7f-\xa0\xad\u0300-\u036f\u0590-\u08ff\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufb1d-\uffff\U00010000-\U0010ffff]"
)
"""What editors show badly or not at all: written as escapes."""


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


if __name__ == "__main__":
    sys.exit(main())
