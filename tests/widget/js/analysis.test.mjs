/** The analysis in JavaScript makes of every text what Python does: `scripts/vectors.py`. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import {
  apart,
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
  for (const { text, folded, spaced, terms, apart: aside } of vectors.texts) {
    assert.equal(fold(text, folding), folded, text);
    assert.deepEqual(apart(folded, new Map()), aside, text);
    assert.equal(units(folded).join(""), spaced, text);
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

test("every misspelled word is corrected as Python corrects it", () => {
  const speller = new Speller(vectors.words);
  for (const [word, right] of vectors.spelling) {
    assert.equal(speller.correct(word), right, word);
  }
});

test("every text mentions the concepts that Python finds, by the hashes it publishes", () => {
  const hashes = new Map(vectors.hashes);
  for (const [text, expected, left] of vectors.mentions) {
    const { found, rest } = mentions(fold(text, folding), hashes);
    assert.deepEqual(found.map(([number]) => vectors.concepts[number]), expected, text);
    assert.equal(rest, left, text);
  }
});

test("a glossary without terms mentions nothing", () => {
  assert.deepEqual(mentions("any text", new Map()), { found: [], rest: " any  text " });
});
