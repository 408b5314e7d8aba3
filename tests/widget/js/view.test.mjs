/** What the search box says: labels, texts in pieces, citations, links. */

import assert from "node:assert/strict";
import test from "node:test";

import { LANGUAGES } from "../../../kb_tools/widget/languages.mjs";
import {
  debounced,
  early,
  fill,
  highlighted,
  htmlLanguage,
  linkTo,
  plainText,
  saidDay,
  segments,
  suited,
} from "../../../kb_tools/widget/view.mjs";

const LABELS = {
  colon: ": ",
  comma: ", ",
  sources: "Sources",
  conditions: "Please note",
  conflict: "Contradicted by another claim",
  valid: "Validity",
};

function label(key, values) {
  return fill(LABELS[key], values);
}

function mark(start, end, form) {
  return { start, end, form };
}

const MARKED = [
  {
    name: "no marks",
    text: "kept",
    marks: [],
    expected: [["kept", ""]],
  },
  {
    name: "a value inside",
    text: "kept 30 days.",
    marks: [mark(5, 12, "strong")],
    expected: [["kept ", ""], ["30 days", "strong"], [".", ""]],
  },
  {
    name: "code points, not UTF-16",
    text: "😀𠮷30日",
    marks: [mark(2, 5, "strong")],
    expected: [["😀𠮷", ""], ["30日", "strong"]],
  },
  {
    name: "unordered and touching",
    text: "abcd",
    marks: [mark(2, 4, "x"), mark(0, 2, "y")],
    expected: [["ab", "y"], ["cd", "x"]],
  },
  {
    name: "overlapping: the first stays",
    text: "abcd",
    marks: [mark(0, 3, "x"), mark(2, 4, "y")],
    expected: [["abc", "x"], ["d", ""]],
  },
  {
    name: "beyond the end",
    text: "ab",
    marks: [mark(1, 9, "x")],
    expected: [["ab", ""]],
  },
];
for (const { name, text, marks, expected } of MARKED) {
  test(`a text is split at its marks: ${name}`, () => {
    const pieces = segments(text, marks);
    assert.deepEqual(pieces.map((piece) => [piece.text, piece.form]), expected);
  });
}

test("a text without marks, as a server may send it, is one piece", () => {
  assert.deepEqual(segments("a"), [{ text: "a", form: "" }]);
});

const MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember";
const DAYS = [
  ["%(day)s. %(month)s %(year)s", "1. September 2025"],
  ["%(year)s年%(number)s月%(day)s日", "2025年9月1日"],
];
for (const [day, expected] of DAYS) {
  test(`a day is said as ${expected}`, () => {
    const words = { day, months: MONTHS };
    assert.equal(saidDay("2025-09-01", (key, values) => fill(words[key], values)), expected);
  });
}

const SUITED = [
  ["ja", "ja"],
  ["zh-Hans", "zh"],
  ["zh_CN", "zh"],
  ["FR-ca", "fr"],
  ["de", "en"],
  ["", "en"],
  ["<b>", "en"],
];
for (const [tag, expected] of SUITED) {
  test(`the language for ${tag || "no tag"} is ${expected}`, () => {
    assert.equal(suited(tag, ["en", "fr", "ja", "zh"]), expected);
  });
}

/** What stands in the published module, where a site has these languages. */
function withLanguages(context, languages) {
  Object.assign(LANGUAGES, languages);
  context.after(() => {
    for (const language of Object.keys(languages)) {
      delete LANGUAGES[language];
    }
  });
}

test("a language is marked as its row says, for its glyphs", (context) => {
  withLanguages(context, { zh: { html: "zh-Hans", words: {} } });
  assert.equal(htmlLanguage("zh"), "zh-Hans");
});

test("a language without a row is marked by its code", () => {
  assert.equal(htmlLanguage("zh"), "zh");
});

test("before an index is loaded, words are said in the reader's language", (context) => {
  withLanguages(context, { fr: { html: "fr", words: { "widget-clear": "Effacer" } } });
  assert.equal(early("widget-clear", "fr"), "Effacer");
});

test("a word or a language that is not there is said in the first one", (context) => {
  withLanguages(context, { fr: { html: "fr", words: {} } });
  for (const language of ["fr", "xx", null, undefined]) {
    assert.equal(early("widget-clear", language), "Clear");
  }
});

test("every failure to load an index can be told, and nothing else is one", () => {
  for (const code of ["missing", "version", "truncated", "not-json", "slow"]) {
    assert.ok(early(`widget-${code}`), code);
  }
  assert.equal(early("widget-empty"), undefined);
});

test("a label is filled, and a value in it is never taken for a placeholder", () => {
  assert.equal(fill("%(a)s and %(b)s", { a: "%(b)s", b: "$&" }), "%(b)s and $&");
});

test("copied text says what limits the answer, its sources and its address", () => {
  const answer = {
    status: "Past.",
    text: "Kept 30 days.",
    conditions: ["Unless flagged."],
    valid: { text: "since May" },
    reported: "Reported.",
    conflicts: [{ text: "Kept 5 days." }],
    cited: ["A, one (primary, today)", "B, two (secondary, today)"],
    url: "https://example.com/en/a/#b",
  };
  assert.deepEqual(plainText(answer, label).split("\n"), [
    "Past.",
    "Kept 30 days.",
    "Please note: Unless flagged.",
    "Validity: since May",
    "Reported.",
    "Contradicted by another claim: Kept 5 days.",
    "Sources: A, one (primary, today) · B, two (secondary, today)",
    "https://example.com/en/a/#b",
  ]);
});

const HERE = { base: "http://127.0.0.1:8000/fr/zdr/", site: "../../", language: "fr" };
const ELSEWHERE = { ...HERE, site: null };
const LINKS = [
  {
    name: "on the site, to its own copy",
    url: "https://kb.example/docs/fr/zdr/#a",
    page: HERE,
    expected: "http://127.0.0.1:8000/fr/zdr/#a",
  },
  {
    name: "elsewhere, to the published page",
    url: "https://kb.example/fr/zdr/#a",
    page: ELSEWHERE,
    expected: "https://kb.example/fr/zdr/#a",
  },
  { name: "script", url: "javascript:alert(1)", page: HERE, expected: null },
  {
    name: "script that looks like a page",
    url: "javascript:alert(1)/fr/zdr/",
    page: ELSEWHERE,
    expected: null,
  },
  { name: "data", url: "data:text/html,<b>", page: HERE, expected: null },
  { name: "nonsense", url: "http://[", page: HERE, expected: null },
];
for (const { name, url, page, expected } of LINKS) {
  test(`a link leads where it may: ${name}`, () => {
    assert.equal(linkTo(url, page), expected);
  });
}

test("fast calls become one", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const call = context.mock.fn();
  const typing = debounced(call, 60);
  typing.schedule();
  context.mock.timers.tick(59);
  typing.schedule();
  context.mock.timers.tick(59);
  assert.equal(call.mock.callCount(), 0);
  context.mock.timers.tick(1);
  assert.equal(call.mock.callCount(), 1);
});

test("a call that waits can be dropped, or made at once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const call = context.mock.fn();
  const typing = debounced(call, 60);
  typing.schedule();
  typing.cancel();
  assert.equal(typing.flush(), false);
  typing.schedule();
  assert.equal(typing.flush(), true);
  context.mock.timers.tick(100);
  assert.equal(call.mock.callCount(), 1);
});

test("words of a question are marked, however they are written", () => {
  const parts = (text, words) => highlighted(text, words).map((piece) => piece.text ?? piece);
  globalThis.document = {
    createElement: (name) => ({ name, append: (...texts) => ({ texts }), setAttribute() {} }),
  };
  const marked = (text, words) => highlighted(text, words).filter((piece) => piece.name).length;
  assert.equal(marked("Durée de conservation", ["duree"]), 1);
  assert.equal(marked("Files and file", ["file"]), 1, "whole words");
  assert.equal(marked("/v1/files by-mail", ["by-mail", "/v1/files"]), 2);
  assert.equal(marked("ごみばこ", ["ゴミ"]), 1);
  assert.equal(marked("保持期間", ["保持"]), 1);
  assert.deepEqual(parts("nothing", ["#files"]), ["nothing"]);
  delete globalThis.document;
});
