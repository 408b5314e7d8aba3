import assert from "node:assert/strict";
import { test } from "node:test";
import { ERRORS, cited, debounced, fill, htmlLanguage, linkTo, plainText, segments, suited } from "../../../kb_tools/widget/view.mjs";

const LABELS = {
  colon: ": ",
  comma: ", ",
  cited: "%(title)s, %(sections)s (%(kind)s, %(received)s)",
  sources: "Sources",
  conditions: "Please note",
  conflict: "Contradicted by another claim",
  valid: "Validity",
};
const label = (key, values) => fill(LABELS[key], values);
const source = (document, section) => ({ document, title: document.toUpperCase(), section_title: section, kind_text: "primary", received_text: "today" });

const MARKED = [
  ["no marks", "kept", [], [["kept", ""]]],
  ["a value inside", "kept 30 days.", [{ start: 5, end: 12, kind: "duration" }], [["kept ", ""], ["30 days", "duration"], [".", ""]]],
  ["code points, not UTF-16", "😀𠮷30日", [{ start: 2, end: 5, kind: "duration" }], [["😀𠮷", ""], ["30日", "duration"]]],
  ["unordered and touching", "abcd", [{ start: 2, end: 4, kind: "x" }, { start: 0, end: 2, kind: "y" }], [["ab", "y"], ["cd", "x"]]],
  ["overlapping: the first stays", "abcd", [{ start: 0, end: 3, kind: "x" }, { start: 2, end: 4, kind: "y" }], [["abc", "x"], ["d", ""]]],
  ["beyond the end", "ab", [{ start: 1, end: 9, kind: "x" }], [["ab", ""]]],
];
for (const [name, text, marks, expected] of MARKED) {
  test(`a text is split at its marks: ${name}`, () => {
    assert.deepEqual(segments(text, marks).map(({ text, kind }) => [text, kind]), expected);
  });
}

test("a text without marks, as a server may send it, is one piece", () => {
  assert.deepEqual(segments("a"), [{ text: "a", kind: "" }]);
});

const LANGUAGES = ["en", "fr", "ja", "zh"];
for (const [tag, expected] of [["ja", "ja"], ["zh-Hans", "zh"], ["zh_CN", "zh"], ["FR-ca", "fr"], ["de", "en"], ["", "en"], ["<b>", "en"]]) {
  test(`the language for ${tag || "no tag"} is ${expected}`, () => assert.equal(suited(tag, LANGUAGES), expected));
}

test("Chinese is marked as simplified, for its glyphs", () => {
  assert.deepEqual(LANGUAGES.map(htmlLanguage), ["en", "fr", "ja", "zh-Hans"]);
});

test("a label is filled, and a value in it is never taken for a placeholder", () => {
  assert.equal(fill("%(a)s and %(b)s", { a: "%(b)s", b: "$&" }), "%(b)s and $&");
});

test("a document is cited once with all its sections", () => {
  assert.deepEqual(cited([source("a", "one"), source("b", "two"), source("a", "three")], label), ["A, one, three (primary, today)", "B, two (primary, today)"]);
});

test("copied text says what limits the answer, its sources and its address", () => {
  const answer = {
    status: "Past.",
    text: "Kept 30 days.",
    conditions: ["Unless flagged."],
    valid: { text: "since May" },
    reported: "Reported.",
    conflicts: [{ text: "Kept 5 days." }],
    sources: [source("a", "one")],
    url: "https://example.com/en/a/#b",
  };
  assert.deepEqual(plainText(answer, label).split("\n"), [
    "Past.",
    "Kept 30 days.",
    "Please note: Unless flagged.",
    "Validity: since May",
    "Reported.",
    "Contradicted by another claim: Kept 5 days.",
    "Sources: A, one (primary, today)",
    "https://example.com/en/a/#b",
  ]);
});

const HERE = { base: "http://127.0.0.1:8000/fr/zdr/", site: "../../", language: "fr" };
const LINKS = [
  ["on the site, to its own copy", "https://kb.example/docs/fr/zdr/#a", HERE, "http://127.0.0.1:8000/fr/zdr/#a"],
  ["elsewhere, to the published page", "https://kb.example/fr/zdr/#a", { ...HERE, site: null }, "https://kb.example/fr/zdr/#a"],
  ["script", "javascript:alert(1)", HERE, null],
  ["script that looks like a page", "javascript:alert(1)/fr/zdr/", { ...HERE, site: null }, null],
  ["data", "data:text/html,<b>", HERE, null],
  ["nonsense", "http://[", HERE, null],
];
for (const [name, url, page, expected] of LINKS) test(`a link leads where it may: ${name}`, () => assert.equal(linkTo(url, page), expected));

test("fast calls become one", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let calls = 0;
  const typing = debounced(() => calls++, 60);
  typing.schedule();
  context.mock.timers.tick(59);
  typing.schedule();
  context.mock.timers.tick(59);
  assert.equal(calls, 0);
  context.mock.timers.tick(1);
  assert.equal(calls, 1);
});

test("a call that waits can be dropped, or made at once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let calls = 0;
  const typing = debounced(() => calls++, 60);
  typing.schedule();
  typing.cancel();
  assert.equal(typing.flush(), false);
  typing.schedule();
  assert.equal(typing.flush(), true);
  context.mock.timers.tick(100);
  assert.equal(calls, 1);
});

test("what is said before an index is loaded is said in every language", () => {
  const keys = Object.keys(ERRORS.en);
  for (const code of ["missing", "version", "truncated", "not-json", "slow"]) assert.ok(keys.includes(`widget-${code}`));
  for (const language of LANGUAGES) assert.deepEqual(Object.keys(ERRORS[language]), keys);
});
