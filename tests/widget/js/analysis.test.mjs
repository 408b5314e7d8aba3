/** The analysis in JavaScript makes of every text what Python does: `scripts/vectors.py`. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import {
  classify,
  fold,
  foldingOf,
  sentences,
  Speller,
  tokens,
  units,
} from "../../../kb_tools/widget/analysis.mjs";
import { mentions } from "../../../kb_tools/widget/concepts.mjs";

const vectors = JSON.parse(readFileSync(new URL("../../vectors.json", import.meta.url), "utf8"));
const folding = foldingOf(vectors.folding[0]);

test("every text is folded, spaced and split into terms as Python does it", () => {
  for (const { text, folded, spaced: apart, terms } of vectors.texts) {
    assert.equal(fold(text, folding), folded, text);
    assert.equal(units(folded).join(""), apart, text);
    assert.deepEqual([...tokens(folded)], terms, text);
  }
});

test("every term has the class that Python gives it", () => {
  for (const [term, kind] of vectors.classes) {
    assert.equal(classify(term), kind, term);
  }
});

test("every text has the sentences that Python finds", () => {
  for (const [text, parts] of vectors.sentences) {
    assert.deepEqual(sentences(text), parts, JSON.stringify(text));
  }
});

test("every misspelt word is corrected as Python corrects it", () => {
  const speller = new Speller(vectors.words);
  for (const [word, right] of vectors.spelling) {
    assert.equal(speller.correct(word), right, word);
  }
});

test("every text mentions the concepts that Python finds, by the hashes it publishes", () => {
  const hashes = new Map(vectors.hashes);
  for (const [text, expected] of vectors.mentions) {
    const found = mentions(fold(text, folding), hashes);
    assert.deepEqual(found.map(([number]) => vectors.concepts[number]), expected, text);
  }
});

test("a glossary without terms mentions nothing", () => {
  assert.deepEqual(mentions("any text", new Map()), []);
});

const PIECES = ["a", "9", " ", "/", "9 ", "a/", "\u0301", ". ", "x\u200b", "é", "保", "𠮷"];
/** Processor time of reading a text, in microseconds: the least of three, after one to warm up. */
function timeOf(text) {
  const times = [1, 2, 3, 4].map(() => {
    const start = process.cpuUsage();
    Array.from(tokens(fold(text, folding)));
    mentions(fold(text, folding), new Map());
    sentences(text);
    return process.cpuUsage(start).user;
  });
  return Math.min(...times.slice(1));
}

for (const piece of PIECES) {
  test(`no text takes quadratic time: ${JSON.stringify(piece)}`, () => {
    const text = piece.repeat(100_000 / piece.length);
    const ratio = timeOf(text) / timeOf(text.slice(0, text.length / 10));
    assert.ok(ratio < 40, `${ratio}: 10 is linear, 100 is quadratic`);
  });
}
