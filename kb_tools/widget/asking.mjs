/**
 * How a question asks: what it sets aside and denies, its cues and the concepts it names. Mirrors
 * `kb_tools/search/asking.py` and the finder of `cues.py`.
 */

const CLAUSE_END = /[.,;:!?。、，；：！？\n]|—| - /g;
const WORD = /[\p{L}\p{N}_]/gu;
const ALPHANUMERIC = /[a-z0-9]/;
const KIND = "kind:";
const AFTER = 30;
const BEFORE = 12;
const REACH = 3;

/** The kinds of values that questions ask for, the most telling first. */
export const ATTRIBUTES = [
  "variable",
  "endpoint",
  "command",
  "url",
  "encryption",
  "switch",
  "date",
  "duration",
];

/** Finds the cues of a folded text, none overlapping: `tables` have the terms of each cue. */
export function finderOf(tables) {
  const names = new Map();
  for (const [cue, words] of tables.flatMap(Object.entries)) {
    for (const word of words) names.set(word, [...(names.get(word) ?? []), cue]);
  }
  const longest = [...names.keys()].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(longest.map(bounded).join("|") || "(?!)", "g");
  return (folded) =>
    Array.from(folded.replaceAll("’", "'").matchAll(pattern), ({ 0: word, index }) => ({
      names: names.get(word),
      start: index,
      end: index + word.length,
    }));
}

/** A term as a pattern: whole words, but not in scripts that do without spaces. */
function bounded(term) {
  const before = ALPHANUMERIC.test(term[0]) ? "(?<![a-z0-9])" : "";
  const after = ALPHANUMERIC.test(term.at(-1)) ? "(?![a-z0-9])" : "";
  return before + term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + after;
}

/** A text without what it sets aside; whole where nothing else would be left. */
export function withoutAsides(folded, find) {
  let kept = folded;
  for (const { names, start, end } of find(folded).reverse()) {
    if (names.includes("aside")) {
      const stop = ends(kept).find((at) => at > end);
      kept = `${kept.slice(0, start)} ${stop ? kept.slice(stop) : ""}`;
    } else if (names.includes("aside-before")) {
      const from = ends(kept.slice(0, start)).at(-1) ?? 0;
      kept = `${kept.slice(0, from)} ${kept.slice(end)}`;
    }
  }
  return (kept.match(WORD) ?? []).length > REACH ? kept : folded;
}

/** Where the clauses of a text end. */
function ends(text) {
  return Array.from(text.matchAll(CLAUSE_END), ({ 0: sign, index }) => index + sign.length);
}

/**
 * What a folded question asks for; `named` tells the concepts that a text names and what is left
 * of it, `opposites` the concept that a denied one amounts to.
 */
export function asked(folded, find, named, opposites) {
  const cues = find(folded);
  const { found, rest } = named(folded);
  const concepts = [...new Set(found)];
  let turned = false;
  for (const concept of denied(folded, cues, named)) {
    const opposite = opposites[concept];
    const at = concepts.indexOf(concept);
    if (opposite && at >= 0 && !concepts.includes(opposite)) {
      concepts[at] = opposite;
      turned = true;
    }
  }
  const names = [...new Set(cues.flatMap((cue) => cue.names))];
  const kinds = names.filter((name) => name.startsWith(KIND));
  return {
    cues: names,
    kinds: kinds.map((name) => name.slice(KIND.length)),
    concepts,
    things: named(withoutAttributes(folded, cues)).found,
    joined: joined(folded, cues, named, find),
    turned,
    bare: saysNothing(rest, find, narrowsNothing),
    plain: saysNothing(rest, find, () => true),
  };
}

function withoutAttributes(folded, cues) {
  let text = folded;
  for (const { names, start, end } of [...cues].reverse()) {
    if (names.some((name) => ATTRIBUTES.includes(name))) {
      text = `${text.slice(0, start)} ${text.slice(end)}`;
    }
  }
  return text;
}

/** The concepts that are denied: the first after `not`, the last before what denies. */
function denied(folded, cues, named) {
  return cues.flatMap(({ names, start, end }) => {
    const found = [];
    if (names.includes("not")) {
      const [after] = folded.slice(end, end + AFTER).split(CLAUSE_END);
      const words = after.split(/\s+/).filter(Boolean).slice(0, REACH);
      found.push(...named(words.join(" ")).found.slice(0, 1));
    }
    if (names.includes("denied")) {
      const before = folded.slice(Math.max(0, start - BEFORE), start).split(CLAUSE_END).at(-1);
      found.push(...named(before).found.slice(-1));
    }
    return found;
  });
}

/** The concepts on both sides of a word that joins. */
function joined(folded, cues, named, find) {
  return cues.filter(({ names }) => names.includes("joined")).flatMap(({ start, end }) => {
    const before = named(folded.slice(Math.max(0, start - AFTER), start));
    const after = named(folded.slice(end, end + AFTER));
    const between = before.rest.split("\n").at(-1) + after.rest.split("\n")[0];
    const isJoined = before.found.length && after.found.length &&
      saysNothing(between, find, narrowsNothing);
    return isJoined ? [before.found.at(-1), after.found[0]] : [];
  });
}

function narrowsNothing(names) {
  return names.includes("filler") || names.includes("define");
}

function saysNothing(rest, find, isLeftOut) {
  let text = rest.replace(/\s+/g, " ");
  for (const { names, start, end } of find(text).reverse()) {
    if (isLeftOut(names)) text = text.slice(0, start) + text.slice(end);
  }
  return text.search(WORD) < 0;
}
