"""Text to terms: what is read alike, what becomes which term, and that no text can break it."""

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
    ("ｃｌａｕｄｅ－ｓｕｐｐｏｒｔ", "claude-support", "full-width Latin"),
    ("ﾌﾟﾛﾝﾌﾟﾄｷｬｯｼｭ", "プロンプトキャッシュ", "half-width katakana, voicing marks joined"),
    ("コンソール サーバー", "コンソル サバ", "long-vowel marks, which many leave out"),
    ("くろーど", "クロド", "hiragana as katakana"),
    ("がぎぱ", "ガギパ", "voicing kept: か is not が"),
    ("數據保留", "数据保留", "Traditional Chinese"),
    ("処理対象", "处理对象", "Japanese forms"),
    ("２９日", "29日", "full-width digits"),
    ("a\u200bb\u202ec\x00d", "abc d", "format characters go, controls part words"),
    ("lone \ud800 surrogate", "lone  surrogate", "lone surrogates go"),
]


@pytest.mark.parametrize(("written", "read", "why"), FOLDED, ids=[why for _, _, why in FOLDED])
def test_what_readers_write_alike_is_read_alike(written, read, why):
    assert analysis.fold(written, variants.folding()) == read


TERMS = [
    # text, terms that must be among them, why
    (
        "/v1/messages/batches",
        {"/v1/messages/batches", "messages", "batches", "v1"},
        "an identifier whole and in parts",
    ),
    (
        "DISABLE_TELEMETRY",
        {"disable_telemetry", "disable", "telemetry"},
        "a variable whole and in parts",
    ),
    ("what does /bug send", {"/bug", "bug"}, "a command with its slash"),
    ("context_management", {"context_management", "context", "management"}, "a parameter"),
    (
        "claude-support@anthropic.com",
        {"claude-support@anthropic.com", "anthropic"},
        "an e-mail address",
    ),
    ("29 days", {"29", "=29d"}, "a number with its unit"),
    ("29日間", {"29", "=29d", "日間"}, "the same in Japanese"),
    ("29 天", {"=29d", "天"}, "the same in Chinese"),
    ("29 jours", {"=29d"}, "the same in French"),
    ("60分", {"=60i"}, "minutes"),
    ("24時間", {"=24h"}, "hours"),
    ("24小时", {"=24h"}, "hours in Chinese"),
    ("5年間", {"=5y"}, "years in Japanese"),
    ("5 ans", {"=5y"}, "years"),
    ("保持期間", {"保持", "持期", "期間", "保"}, "neighbouring characters"),
    ("テレメトリ", {"テレ", "レメ", "メト", "トリ"}, "neighbouring kana"),
    ("retention", {"retention", "~reten"}, "a word and its stem"),
    ("files", {"files", "~file"}, "a plural has the stem of its singular"),
    ("ZDR", {"zdr"}, "a short word has no stem"),
]


@pytest.mark.parametrize(
    ("text", "wanted", "why"), TERMS, ids=[f"{text}: {why}" for text, _, why in TERMS]
)
def test_text_becomes_terms(text, wanted, why):
    assert wanted <= set(analysis.terms(text, {}))
    folded = {analysis.fold(term, variants.folding()) for term in wanted}
    assert folded <= set(analysis.terms(text, variants.folding())), "with Han variants folded too"


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("word", "word"),
        ("~word", "stem"),
        ("#zdr", "concept"),
        ("=29d", "quantity"),
        ("保", "character"),
        ("保持", "word"),
        ("テレ", "kana"),
    ],
)
def test_the_class_of_a_term_is_told_by_its_form(term, kind):
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
def test_a_text_is_split_into_sentences(text, parts):
    assert analysis.sentences(text) == parts


@given(st.text())
def test_folding_is_idempotent(text):
    once = analysis.fold(text, variants.folding())
    assert analysis.fold(once, variants.folding()) == once


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=300))
def test_no_text_breaks_the_analysis(text):
    folded = analysis.fold(text, variants.folding())
    assert all(term for term, _ in analysis.tokens(folded))
    assert all(len(term) <= analysis.LONGEST_TERM for term, _ in analysis.tokens(folded))


@given(st.text())
def test_a_query_names_only_terms_that_a_text_has(text):
    folded = analysis.fold(text, {})
    assert {word for word in analysis.whole(folded) if len(word[0]) > 1} <= set(
        analysis.tokens(folded)
    )


def test_kana_beside_han_is_no_pair():
    assert not {"の保", "ノ保"} & set(analysis.terms("データの保持", {}))
