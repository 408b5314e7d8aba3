/**
 * Tells how much longer the analysis takes for ten times the text: 10 is linear, 100 is quadratic.
 *
 *     node scripts/linear.mjs
 *
 * Run by `make bench`. Exit status 1 where a text of one repeated piece takes more than LIMIT times
 * as long.
 */

import { readFileSync } from "node:fs";

import { apart, fold, foldingOf, sentences, tokens } from "../kb_tools/widget/analysis.mjs";
import { mentions } from "../kb_tools/widget/concepts.mjs";

const LIMIT = 40;
// less than this, in microseconds, is noise
const LEAST = 500;
const PIECES = ["a", "9", " ", "/", "9 ", "a/", "\u0301", ". ", "x\u200b", "é", "保", "𠮷"];

const vectors = JSON.parse(readFileSync(new URL("../tests/vectors.json", import.meta.url), "utf8"));
const folding = foldingOf(vectors.folding[0]);

/** Processor time of reading a text, in microseconds: the least of five, after one to warm up. */
function timeOf(text) {
  const times = Array.from({ length: 6 }, () => {
    const start = process.cpuUsage();
    Array.from(tokens(fold(text, folding)));
    apart(fold(text, folding), new Map());
    mentions(fold(text, folding), new Map());
    sentences(text);
    return process.cpuUsage(start).user;
  });
  return Math.max(LEAST, Math.min(...times.slice(1)));
}

for (const piece of PIECES) {
  const text = piece.repeat(100_000 / piece.length);
  const ratio = timeOf(text) / timeOf(text.slice(0, text.length / 10));
  console.log(`ten times ${JSON.stringify(piece)}: ${ratio.toFixed(1)} times as long`);
  if (ratio > LIMIT) process.exitCode = 1;
}
