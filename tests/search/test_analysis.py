"""Text to terms: what is read alike, what becomes which term, and that no text can break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_tools.search import analysis, variants

FOLDED = [
    # written, read as, why
    ("RÉTENTION Zéro", "retention zero", "case and accents"),
    (
        "Œuvre façade straße",
        "œuvre facade strasse",
        "cedilla and sharp s; œ is a letter of its own",
    ),
    ("ｈａｒｂｏｒ－ｎｏｔｅｓ", "harbor-notes", "full-width Latin"),
    ("ﾌﾟﾛﾝﾌﾟﾄｷｬｯｼｭ", "プロンプトキャッシュ", "half-width katakana, voicing marks joined"),
    ("コンソール サーバー", "コンソル サバ", "long-vowel marks, which many leave out"),
    ("くらうど", "クラウド", "hiragana as katakana"),
    ("がぎぱ", "ガギパ", "voicing kept: か is not が"),
    ("數據保留", "数据保留", "Traditional Chinese"),
    ("処理対象", "处理对象", "Japanese forms"),
    ("３０日", "30日", "full-width digits"),
    ("a\u200bb\u202ec\x00d", "abc d", "format characters go, controls part words"),
    ("lone \ud800 surrogate", "lone  surrogate", "lone surrogates go"),
]


@pytest.mark.parametrize(("written", "read", "why"), FOLDED, ids=[why for _, _, why in FOLDED])
def test_what_readers_write_alike_is_read_alike(written: str, read: str, why: str) -> None:
    assert analysis.fold(written, variants.folding()) == read


TERMS = [
    # text, terms that must be among them, why
    (
        "/v1/files/trash",
        {"/v1/files/trash", "files", "trash", "v1"},
        "an identifier whole and in parts",
    ),
    (
        "HARBOR_NOTES_EDITION",
        {"harbor_notes_edition", "harbor", "notes", "edition"},
        "a variable whole and in parts",
    ),
    ("what does /report send", {"/report", "report"}, "a command with its slash"),
    ("skip_trash", {"skip_trash", "skip", "trash"}, "a parameter"),
    (
        "archive@example.com",
        {"archive@example.com", "archive", "example"},
        "an e-mail address",
    ),
    ("30 days", {"30", "=30d"}, "a number with its unit"),
    ("30日間", {"30", "=30d", "日間"}, "the same in Japanese"),
    ("30 天", {"=30d", "天"}, "the same in Chinese"),
    ("30 jours", {"=30d"}, "the same in French"),
    ("60分", {"=60i"}, "minutes"),
    ("24時間", {"=24h"}, "hours"),
    ("24小时", {"=24h"}, "hours in Chinese"),
    ("5年間", {"=5y"}, "years in Japanese"),
    ("5 ans", {"=5y"}, "years"),
    ("30 Tage", {"=30d", "tage"}, "days in German"),
    ("30 Tagen", {"=30d"}, "days in German, inflected"),
    ("１４日間", {"14", "=14d"}, "full-width digits"),
    ("030 days", {"=30d"}, "leading zeros say nothing"),
    ("保持期間", {"保持", "持期", "期間", "保"}, "neighbouring characters"),
    ("オフライン", {"オフ", "フラ", "ライ", "イン"}, "neighbouring kana"),
    ("retention", {"retention", "~reten"}, "a word and its stem"),
    ("files", {"files", "~file"}, "a plural has the stem of its singular"),
    ("TLS", {"tls"}, "a short word has no stem"),
]


@pytest.mark.parametrize(
    ("text", "wanted", "why"), TERMS, ids=[f"{text}: {why}" for text, _, why in TERMS]
)
def test_text_becomes_terms(text: str, wanted: set[str], why: str) -> None:
    assert wanted <= set(analysis.terms(text, {}))
    folded = {analysis.fold(term, variants.folding()) for term in wanted}
    assert folded <= set(analysis.terms(text, variants.folding())), "with Han variants folded too"


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("word", "word"),
        ("~word", "stem"),
        ("#trash", "concept"),
        ("=30d", "quantity"),
        ("保", "character"),
        ("保持", "word"),
        ("オフ", "kana"),
    ],
)
def test_the_class_of_a_term_is_told_by_its_form(term: str, kind: str) -> None:
    assert analysis.classify(term) == kind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("一。二？三", ["一。", "二？", "三"]),
        ("version 4.6 stays\n\nnext", ["version 4.6 stays", "next"]),
        ("  \n ", []),
    ],
)
def test_a_text_is_split_into_sentences(text: str, parts: list[str]) -> None:
    assert analysis.sentences(text) == parts


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    once = analysis.fold(text, variants.folding())
    assert analysis.fold(once, variants.folding()) == once


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=300))
def test_no_text_breaks_the_analysis(text: str) -> None:
    folded = analysis.fold(text, variants.folding())
    assert all(term for term, _ in analysis.tokens(folded))
    assert all(len(term) <= analysis.LONGEST_TERM for term, _ in analysis.tokens(folded))


@given(st.text())
def test_a_query_names_only_terms_that_a_text_has(text: str) -> None:
    folded = analysis.fold(text, {})
    assert {word for word in analysis.whole(folded) if len(word[0]) > 1} <= set(
        analysis.tokens(folded)
    )


def test_kana_beside_han_is_no_pair() -> None:
    assert not {"の保", "ノ保"} & set(analysis.terms("データの保持", {}))


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("/v1/files", True),
        ("skip_trash", True),
        ("archive@example.com", True),
        ("offline.db", True),
        ("harbor-notes", False),
        ("~file", False),
        ("#a/b", False),
        ("=30d", False),
    ],
)
def test_an_identifier_is_told_by_its_signs(term: str, told: bool) -> None:
    assert analysis.is_identifier(term) == told


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("shared link", " shared  link "),
        ("web版harbor notes", " web 版 harbor  notes "),
        ("共享链接", "共享链接"),
        ("한국어 link", " 한국어  link "),
        ("!?", ""),
    ],
)
def test_words_stand_between_spaces_and_cjk_does_not(text: str, spaced: str) -> None:
    assert analysis.spaced(text) == spaced
