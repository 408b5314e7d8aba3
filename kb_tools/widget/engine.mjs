/**
 * The answer index, asked by words alone.
 *
 * Mirrors `concepts.py`, `ranking.py`, `evidence.py`, `answer.py` and the record of `reply.py` in `kb_tools`;
 * `tests/js/parity.mjs` keeps them together.
 */

import { classify, fold, foldingOf, isCorrectable, sentences, Speller, tokens, units } from "./analysis.mjs";
import { EngineError, openIndex } from "./store.mjs";

const LONGEST_QUESTION = 8000;
const LONG = 120;
const MOST = 10;
const LONGEST_MENTION = 20;
const LATIN = /[a-z]+/g;

/** Answers questions from an answer index; loaded once, asked often. */
export class Engine {
  /** The codes of the languages of the index, and the ids of its facts in the order of the entries. */
  languages;
  facts;
  #index;
  #folding;
  #own;
  #speller = null;
  #editions = {};

  /**
   * Loads the index of a folder, or of the address of its manifest; rejects with `EngineError`, or as `signal` says.
   *
   * `fetch` may be another function of the same shape; after `patience` milliseconds a file is too slow.
   */
  static async load(source, options = {}) {
    return new Engine(await openIndex(source, options));
  }

  constructor(index) {
    this.#index = index;
    this.languages = index.languages;
    this.facts = index.facts;
    this.#folding = foldingOf(index.folding);
    this.#own = Object.entries(index.characters).map(([language, characters]) => [language, new Set(characters)]);
  }

  /**
   * The facts of a language in the order of `facts`, and the labels of the interface by key; loaded when first wanted.
   *
   * Facts have the shape of a reply's answers, but `conflicts` and `twins` are numbers of facts, `past` and `future` statuses in words.
   */
  entries(language) {
    const load = async () => {
      const { labels, ...edition } = await this.#index.read(language);
      return { labels, entries: this.facts.map((fact, number) => entryOf(fact, language, edition, edition.entries[number], this.facts)) };
    };
    return (this.#editions[language] ??= load().catch((error) => {
      delete this.#editions[language];
      throw error;
    }));
  }

  /**
   * The reply to a question in the language wanted, or its own where that is null or not in the index; `asOf` is an ISO day or null,
   * `near` the share of the best score that an answer must have.
   *
   * The reply has the shape of `kb ask --json`, but `confidence` is not rounded, `marks` count code points, and `uncovered` are the
   * words that name what no fact covers. Rejects with `EngineError` (empty) where the question has nothing to search for.
   */
  async ask(question, { language = null, limit = 3, asOf = null, near = this.#index.parameters.near } = {}) {
    const text = codePoints(question) > LONGEST_QUESTION ? Array.from(question).slice(0, LONGEST_QUESTION).join("") : question;
    const { terms, scores, order, corrected, confidence, sure, uncovered } = this.#judge(text);
    if (!terms.length) throw new EngineError("empty", "the question has no words");
    const askedIn = this.#languageOf(text, terms);
    const shown = this.languages.includes(language) ? language : askedIn;
    const { entries } = await this.entries(shown);
    const best = distinct([...sure, ...order]).slice(0, Math.max(limit, MOST));
    const day = asOf ?? today();
    const answers = best.map((number) => this.#answer(number, scores[number], terms, entries, day));
    const current = answers.filter(({ status }) => !asOf || !status);
    const least = near * Math.max(...current.map(({ score }) => score));
    const worth = current.filter(({ score }, place) => place < sure.length || score > least).slice(0, limit);
    const answered = current.length > 0 && sure.length > 0;
    return {
      question,
      language: shown,
      asked_in: askedIn,
      answered,
      confidence,
      corrected: Object.fromEntries(corrected),
      uncovered,
      as_of: asOf,
      answers: answered ? worth : [],
      nearest: answered ? [] : worth.map((answer) => reference(answer)),
      not_in_force: asOf ? answers.slice(0, limit).filter(({ status }) => status) : [],
    };
  }

  #answer(number, score, terms, entries, day) {
    const { past, future, twins, ...entry } = entries[number];
    const { from, until } = entry.valid;
    const matched = terms.filter((term) => this.#holds(term, number));
    const words = matched.filter(({ kind }) => ["word", "kana", "concept"].includes(kind));
    return {
      ...entry,
      score: Number(score.toFixed(3)),
      matched: { language: this.#languageOf("", matched), text: words.map(({ term }) => term).join(" ") },
      status: until && day > until ? past : from && day < from ? future : "",
      conflicts: entry.conflicts.map((other) => reference(entries[other], "text")),
      not_to_be_confused_with: twins.map((other) => reference(entries[other], "values")),
    };
  }

  /** A text as a whole, with the best facts of its answered parts as `sure`, the surest first. */
  #judge(text) {
    const split = codePoints(text) > LONG ? sentences(text) : [];
    const parts = (split.length > 1 ? split : [text]).map((part) => this.#rank(part));
    const elsewhere = parts.length > 1 && parts.some(({ uncovered }) => uncovered.length) ? 1 : 0;
    const found = parts
      .filter(({ terms, uncovered }) => terms.length && !uncovered.length)
      .map((part) => [this.#confidence(part, elsewhere), part.order[0]])
      .sort(([one, first], [other, second]) => other - one || first - second);
    const { threshold } = this.#index.parameters.decision;
    return {
      ...(parts.length > 1 ? this.#rank(text) : parts[0]),
      confidence: found[0]?.[0] ?? 0,
      sure: distinct(found.filter(([confidence]) => confidence >= threshold).map(([, best]) => best)),
      uncovered: distinct(parts.flatMap(({ uncovered }) => uncovered)),
    };
  }

  /** Scores all facts for a text: the sum of their weights for its terms. */
  #rank(text) {
    const { holders, weights, scale, concepts, glossary } = this.#index;
    const [folded, corrected] = this.#corrected(fold(text, this.#folding));
    const found = mentions(folded, glossary).map(([number, words]) => [concepts[number], words]);
    const named = found.filter(([concept]) => concept).map(([concept]) => `#${concept}`);
    const terms = distinct([...tokens(folded), ...named]).map((term) => this.#seen(term));
    const sums = this.facts.map(() => 0);
    for (const { start, end } of terms) for (let at = start; at < end; at++) sums[holders[at]] += weights[at];
    return {
      scores: sums.map((total) => total * scale),
      order: [...sums.keys()].sort((one, other) => sums[other] - sums[one] || one - other),
      terms,
      uncovered: found.filter(([concept]) => !concept).map(([, words]) => words),
      corrected,
    };
  }

  /** A term with its class, the languages that use it, and where its postings start and end: nowhere, if it has none. */
  #seen(term) {
    const { offsets, starts, masks } = this.#index;
    const number = offsets.get(term);
    return { term, kind: classify(term), mask: masks[number] ?? 0, start: starts[number] ?? 0, end: starts[number + 1] ?? 0 };
  }

  #holds({ start, end }, fact) {
    return this.#index.holders.subarray(start, end).includes(fact);
  }

  /** How sure it is that the best fact answers a ranked text, from 0 to 1. */
  #confidence({ scores, order, terms }, elsewhere) {
    const { classes, decision } = this.#index.parameters;
    const [best, rival] = order;
    let [total, covered, words, unknown] = [0, 0, 0, 0];
    for (const term of terms) {
      const holders = term.end - term.start;
      const worth = classes[term.kind] * Math.log(1 + (scores.length - holders + 0.5) / (holders + 0.5));
      total += worth;
      if (this.#holds(term, best)) covered += worth;
      if (term.kind === "word") {
        words += worth;
        if (!holders) unknown += worth;
      }
    }
    const lead = scores[best] - (scores[rival] ?? 0);
    const shares = [scores[best] / (total || 1), covered / (total || 1), lead / (scores[best] || 1), unknown / (words || 1)];
    const features = [...shares, Math.log1p(total), elsewhere];
    const weighed = decision.intercept + features.reduce((sum, feature, at) => sum + decision.coefficients[at] * feature, 0);
    return 1 / (1 + Math.exp(-Math.max(-60, Math.min(60, weighed))));
  }

  /** The language of a text, told by its script and by which language's texts use its terms; the first one where it is open. */
  #languageOf(text, terms) {
    const votes = Object.fromEntries(this.languages.map((language) => [language, 0]));
    for (const character of text) for (const [language, own] of this.#own) if (own.has(character)) votes[language] += 3;
    for (const { kind, mask } of terms) {
      if (kind === "concept" || kind === "stem") continue;
      const users = this.languages.filter((_, bit) => (mask >> bit) & 1);
      for (const language of users) votes[language] += 1 / users.length;
    }
    return this.languages.reduce((first, language) => (votes[language] > votes[first] ? language : first));
  }

  /** The text with misspelt words corrected, and the corrections; where few of the unknown words can be, they are no slips. */
  #corrected(folded) {
    const words = distinct(folded.match(LATIN) ?? []).sort();
    const unknown = words.filter((word) => isCorrectable(word) && !this.#index.offsets.has(word));
    if (unknown.length) this.#speller ??= new Speller([...this.#index.offsets.keys()]);
    const known = unknown.map((word) => [word, this.#speller.correct(word)]).filter(([, right]) => right);
    const corrected = new Map(known.length < unknown.length / 2 ? [] : known);
    return [folded.replace(LATIN, (word) => corrected.get(word) ?? word), corrected];
  }
}

/**
 * The numbers of the concepts that a folded text mentions, each with its words: leftmost first, the longest of those, none overlapping.
 *
 * The glossary knows its terms by hash only: FNV-1a of their UTF-8 bytes, folded to 28 bits.
 */
export function mentions(folded, glossary) {
  const parts = units(folded);
  const encoder = new TextEncoder();
  const bytes = parts.map((part) => encoder.encode(part));
  const found = [];
  for (let start = 0; start < parts.length; ) {
    let [hash, longest, concept] = [0x811c9dc5, start, null];
    for (let at = start; at < Math.min(parts.length, start + LONGEST_MENTION); at++) {
      for (const byte of bytes[at]) hash = Math.imul(hash ^ byte, 0x01000193);
      const number = glossary.get((hash >>> 28) ^ (hash & 0xfffffff));
      if (number !== undefined) [longest, concept] = [at + 1, number];
    }
    if (concept !== null) found.push([concept, parts.slice(start, longest).join("").trim()]);
    start = Math.max(longest, start + 1);
  }
  return found;
}

/** A fact in a language, with all that the file leaves out. */
function entryOf(fact, language, { base, sources }, entry, facts) {
  const list = (key) => entry[key] ?? [];
  return {
    fact,
    url: base + fact.replace("/", "/#"),
    language: entry.language ?? language,
    title: entry.title,
    text: entry.text,
    marks: list("marks").map(([start, end, kind]) => ({ start, end, kind })),
    conditions: list("conditions"),
    values: list("values").map(([label, text, kind]) => ({ label, text, kind })),
    sources: list("sources").map((key) => {
      const [title, section, kind, received] = sources[key];
      return { document: key.split("/")[0], title, section_title: section, kind_text: kind, received_text: received };
    }),
    reported: entry.reported ?? "",
    valid: { from: entry.start ?? null, until: entry.end ?? null, text: entry.validity ?? "" },
    see_also: list("see_also").map((other) => facts[other]),
    conflicts: list("conflicts"),
    twins: list("twins"),
    past: entry.past ?? "",
    future: entry.future ?? "",
  };
}

function reference(entry, besides) {
  const { fact, title, url } = entry;
  return besides ? { fact, title, url, [besides]: entry[besides] } : { fact, title, url };
}

function distinct(items) {
  return [...new Set(items)];
}

function codePoints(text) {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, " ").length;
}

/** The reader's day, in ISO form. */
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
