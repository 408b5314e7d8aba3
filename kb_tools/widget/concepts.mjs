/**
 * Glossary terms found in text, the longest first: mirrors `kb_tools/search/concepts.py`.
 *
 * The glossary knows its terms by hash only: FNV-1a of their UTF-8 bytes, as
 * `hash_of` of `kb_tools/widget/publication.py` makes them.
 */

import { units } from "./analysis.mjs";

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const LONGEST_MENTION = 20;

/**
 * The numbers of the concepts that a folded text mentions, each with its words: leftmost first, the
 * longest of those, none overlapping; and what is left of the text, with a line break for each.
 */
export function mentions(folded, glossary) {
  const parts = units(folded);
  const encoder = new TextEncoder();
  const bytes = parts.map((part) => encoder.encode(part));
  const found = [];
  let rest = "";
  let start = 0;
  while (start < parts.length) {
    const { concept, end } = longestFrom(start, bytes, glossary);
    const words = parts.slice(start, end).join("");
    if (concept !== null) found.push([concept, words.trim()]);
    rest += concept === null ? words : "\n";
    start = end;
  }
  return { found, rest };
}

/** The longest term that begins with a part, and where it ends; without one, the next part. */
function longestFrom(start, bytes, glossary) {
  let longest = { concept: null, end: start + 1 };
  let hash = FNV_BASIS;
  const last = Math.min(bytes.length, start + LONGEST_MENTION);
  for (let at = start; at < last; at++) {
    for (const byte of bytes[at]) {
      hash = Math.imul(hash ^ byte, FNV_PRIME);
    }
    const concept = glossary.get(hash >>> 0);
    if (concept !== undefined) longest = { concept, end: at + 1 };
  }
  return longest;
}
