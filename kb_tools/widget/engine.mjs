/**
 * The answer index, asked by words alone.
 *
 * Mirrors `ranking.py`, `answer.py` and the record of `reply.py` in `kb_tools/search`;
 * `tests/widget/js/parity.mjs` keeps them together.
 */

import {
  apart,
  classify,
  fold,
  foldingOf,
  hasCjk,
  isCorrectable,
  sentences,
  Speller,
  tokens,
} from "./analysis.mjs";
import { asked, finderOf, withoutAsides } from "./asking.mjs";
import { mentions } from "./concepts.mjs";
import { confidence, textLength, weigh } from "./evidence.mjs";
import { askedIn, isMail } from "./mail.mjs";
import { react, typedOf } from "./reaction.mjs";
import { EngineError, openIndex } from "./store.mjs";
import { tableOf } from "./table.mjs";
import { targetsOf } from "./targets.mjs";

const LONGEST_QUESTION = 8000;
const LONG = 120;
const MOST = 10;

/** Where these stand among the numbers of the evidence, and what of a text is all of it. */
const [COVERAGE, UNKNOWN] = [1, 3];
const ALL_BUT = 0.99;

/** The share of a concept's highest weight from which a fact holds it not only in passing. */
const PASSING = 0.5;

/** The share of the best score from which a fact is among all results. */
const AROUND = 0.25;
const MINUTE = 60_000;
const LATIN = /[a-z]+/g;
const WORD_OF_LATIN = /^[a-z]+$/;
const LAST_WORD = /(?<![^\s])[a-z]{3,}$/;
const CODE = /[=;{}$<>|]|[a-z]\(/;

/** Votes that the first language has ahead in pasted code. */
const CODE_LEAD = 1.5;

/** The kinds of replies that answer, and those that are shown as a table. */
const ANSWERED = ["answer", "choice", "list", "compare"];
const TABLES = ["choice", "list", "compare"];

/** What a character counts that only one language has, in votes for that language. */
const OWN_CHARACTER = 3;

/** The classes of the terms that a language may have alone. */
const OPEN = ["word", "stem", "kana", "character"];

/** The classes of the terms that a person would name. */
const NAMED = ["word", "kana", "concept"];

/** Answers questions from an answer index; loaded once, asked often. */
export class Engine {
  /** The codes of the languages of the index, and the ids of its facts in the order of entries. */
  languages;
  facts;
  #index;
  #folding;
  #own;
  #find = null;
  #typed;
  #mail;
  #parts = null;
  #added = {};
  #isComplete = false;
  #words = null;
  #speller = null;
  #editions = {};

  /**
   * Loads the index of a folder, or of the address of its manifest; rejects with `EngineError`, or
   * as `signal` says.
   *
   * `fetch` may be another function of the same shape; after `patience` milliseconds a file is too
   * slow. The words of `language`, or of the first one, are loaded at once; those of the others by
   * `complete`, or when a question needs them.
   */
  static async load(source, options = {}) {
    const engine = new Engine(await openIndex(source, options));
    const language = options.language ?? engine.languages[0];
    if (engine.languages.includes(language)) await engine.#need([language]);
    return engine;
  }

  constructor(index) {
    this.#index = index;
    this.languages = index.languages;
    this.facts = index.facts;
    this.#folding = foldingOf(index.folding);
    this.#own = Object.entries(index.characters)
      .map(([language, characters]) => [language, new Set(characters)]);
    this.#typed = typedOf(index.typed);
    this.#mail = patternsOf(index.mail);
  }

  /** Loads the words of all languages that have pages; with `asked` also those of the others. */
  async complete({ asked = false } = {}) {
    await this.#need(this.languages);
    this.#isComplete = true;
    if (asked) await this.#need(this.#index.asked);
  }

  /** Loads the patterns that tell the parts of a mail. */
  async #needMail() {
    this.#parts ??= this.#index.readMail();
    Object.assign(this.#mail, patternsOf(await this.#parts));
  }

  /** Loads the words of languages that are not there yet. */
  async #need(languages) {
    const loads = languages.map((language) => {
      this.#added[language] ??= this.#index.add(language).then(
        () => {
          this.#words = this.#speller = this.#find = null; // they are of fewer languages
        },
        (error) => {
          delete this.#added[language]; // so that the next question tries again
          throw error;
        },
      );
      return this.#added[language];
    });
    await Promise.all(loads);
  }

  /**
   * The facts of a language in the order of `facts`, the labels of the interface by key, the titles
   * of pages as `topics`, the address that they begin with as `base`, and `usual` questions; loaded
   * when first wanted.
   *
   * Facts have the shape of a reply's answers, but name other facts by their numbers, and have
   * `past`, `future` and `disputed`, their statuses in words, and `told_apart`.
   */
  entries(language) {
    this.#editions[language] ??= this.#edition(language);
    return this.#editions[language];
  }

  async #edition(language) {
    try {
      const edition = await this.#index.read(language);
      const entries = this.facts.map((_, number) => entryOf(number, language, edition, this.facts));
      return { ...edition, entries };
    } catch (error) {
      delete this.#editions[language]; // so that the next question tries again
      throw error;
    }
  }

  /**
   * The reply to a question in the language wanted, or its own where that is null or not in the
   * index; `asOf` is an ISO day or null, `near` the share of the best score that an answer must
   * have.
   *
   * The reply has the shape of `kb ask --json`, but `confidence` is not rounded, `marks` count code
   * points, `uncovered` are the words that name what no fact covers, and `partial` tells that words
   * of languages which are still loaded may change it; it surely answers then. `found` is how many
   * facts the page of all results shows. Rejects with
   * `EngineError` (empty) where the question has nothing to search for.
   */
  async ask(question, options = {}) {
    const { language = null, limit = 3, asOf = null, near = this.#index.parameters.near } = options;
    const text = Array.from(question).slice(0, LONGEST_QUESTION).join("");
    if (isMail(text)) await this.#needMail();
    let judged = this.#judge(text);
    const partial = !this.#isComplete && judged.parts.some((part) => this.#isOpen(part));
    if (partial && !ANSWERED.includes(judged.kind)) {
      await this.complete();
      judged = this.#judge(text);
    }
    if (!ANSWERED.includes(judged.kind) && judged.parts.some((part) => this.#isOpen(part))) {
      await this.#need(this.#index.asked);
      judged = this.#judge(text);
    }
    if (!judged.terms.length) throw new EngineError("empty", "the question has no words");
    const askedLanguage = this.#languageOf(judged.text, judged.terms);
    const shown = [language, askedLanguage].find((code) => this.languages.includes(code)) ??
      this.languages[0];
    const edition = await this.entries(shown);
    const { entries } = edition;
    const reacting = distinct((judged.reaction?.rows ?? []).map(({ fact }) => fact));
    const leading = distinct([...reacting, ...judged.sure]);
    const most = Math.max(limit, MOST, leading.length);
    const best = distinct([...leading, ...judged.order]).slice(0, most);
    const day = asOf ?? today();
    const answers = best.map((number) => this.#answer(number, judged, entries, day));
    const least = near * Math.max(...answers.map(({ score }) => score));
    const worth = answers.filter(({ score }, place) => place < leading.length || score > least);
    // what did not hold on the day is told as that, and nothing further off takes its place
    const holds = ({ valid }) => !asOf || !outside(day, valid.from, valid.until);
    const shownMost = judged.kind === "choice" ? Math.max(limit, reacting.length) : limit;
    const found = judged.scores.filter((score) => score > AROUND * least / near).length;
    const current = worth.filter(holds).slice(0, shownMost);
    const others = worth.filter((answer) => !holds(answer)).slice(0, shownMost);
    const kind = current.length > 0 ? judged.kind : others.length > 0 ? "closest" : "none";
    const table = TABLES.includes(kind) ? tableOf(judged.reaction, edition, this.#typed) : null;
    return {
      question,
      language: shown,
      asked_in: askedLanguage,
      kind,
      found,
      partial: partial && !this.#isComplete,
      answered: ANSWERED.includes(kind),
      confidence: judged.confidence,
      corrected: Object.fromEntries(judged.corrected),
      uncovered: judged.uncovered,
      as_of: asOf,
      count: table ? table.rows.length : reacting.length,
      ...(table && { table }),
      targets: targetsOf(judged, edition),
      answers: kind === "none" ? [] : current,
      nearest: kind === "none" ? current.map(reference) : [],
      not_in_force: others,
    };
  }

  /** A fact in a language, told as in a reply; `asOf` is an ISO day or null. */
  async fact(id, language, asOf = null) {
    const { entries } = await this.entries(language);
    return this.#told(this.facts.indexOf(id), entries, asOf ?? today());
  }

  #answer(number, { scores, terms }, entries, day) {
    const matched = terms.filter((term) => this.#holds(term, number));
    const named = matched.filter(({ kind }) => NAMED.includes(kind));
    return {
      ...this.#told(number, entries, day),
      score: Number(scores[number].toFixed(3)),
      matched: {
        language: this.#languageOf("", matched),
        text: named.map(({ term }) => term).join(" "),
      },
    };
  }

  /** A fact by its number, with its status on a day and what is to be told of other facts. */
  #told(number, entries, day) {
    const { past, future, disputed, told_apart: _, ...entry } = entries[number];
    const saying = (other, key) => ({ ...reference(entries[other]), [key]: entries[other][key] });
    return {
      ...entry,
      status: statusOn(day, entry.valid, { past, future, disputed }),
      conflicts: entry.conflicts.map((other) => saying(other, "text")),
      not_to_be_confused_with: entry.not_to_be_confused_with
        .map((other) => saying(other, "told_apart")),
      see_also: entry.see_also.map((other) => this.facts[other]),
    };
  }

  /**
   * A text as a whole, with the best facts of its answered parts as `sure`, the surest first. Of a
   * mail only what is asked in it is read; where nothing is, nothing answers.
   */
  #judge(text) {
    const asking = askedIn(text, this.#mail).trim();
    const judged = this.#judged(asking || text);
    if (asking) return judged;
    return { ...judged, kind: "none", reaction: null, confidence: 0, sure: [] };
  }

  #judged(text) {
    const split = codePoints(text) > LONG ? sentences(text) : [];
    const parts = (split.length > 1 ? split : [text]).map((part) => this.#rank(part));
    const uncovered = distinct(parts.flatMap((part) => part.uncovered));
    const elsewhere = parts.length > 1 && uncovered.length ? 1 : 0;
    const whole = parts.length > 1 ? this.#rank(text) : parts[0];
    const decision = this.#index.parameters.decision[textLength(whole.terms.length)];
    const found = parts
      .filter((part) => part.terms.length && !part.uncovered.length)
      .map((part) => ({ best: part.order[0], ...this.#sureness(part, elsewhere, decision) }))
      .sort((one, other) => other.confidence - one.confidence || one.best - other.best);
    const answered = found.filter(({ confidence }) => confidence >= decision.threshold);
    const subject = (term) => term.kind === "concept" && this.#holds(term, whole.order[0]);
    const near = found[0]?.confidence >= decision.closest;
    const held = found.some(({ evidence }) => evidence[COVERAGE] > ALL_BUT && !evidence[UNKNOWN]);
    // which text is authoritative a notice answers, and no fact
    const isNoticed = parts.length === 1 && whole.asked.cues.includes("authority");
    const isClose = near || held || isNoticed || whole.terms.some(subject);
    const related = !uncovered.length && isClose;
    const sure = isNoticed ? [] : distinct(answered.map(({ best }) => best));
    const reaction = uncovered.length ? null : this.#reaction(whole, sure);
    return {
      ...whole,
      parts,
      kind: reaction?.kind ?? (sure.length ? "answer" : related ? "closest" : "none"),
      reaction,
      confidence: found[0]?.confidence ?? 0,
      sure,
      uncovered,
    };
  }

  /** How there is to react to a text that one fact does not answer alone; else null. */
  #reaction({ text, scores, order, terms, asked: asking }, sure) {
    const { opposites, told } = this.#typed;
    const pairs = asking.concepts.map((concept) => [concept, opposites[concept]])
      .filter((pair) => pair[1] && !pair.some((concept) => told.includes(concept)));
    const quantities = terms.filter(({ kind }) => kind === "quantity").map(({ term }) => term);
    const ranked = {
      scores,
      order,
      answer: sure[0] ?? null,
      quantities,
      named: terms.some(({ term }) => /[/_.@]/.test(term) && !/^[~#=]/.test(term)),
      short: codePoints(text) <= LONG,
      holders: (concept) => this.#holders(concept),
      lean: (fact) =>
        pairs.reduce(
          (sum, [one, other]) => sum + this.#weight(one, fact) - this.#weight(other, fact),
          0,
        ),
    };
    return react(this.#typed, asking, ranked);
  }

  /** The facts that hold a concept, and not only in passing. */
  #holders(concept) {
    const term = `#${concept}`;
    const { start, end } = this.#seen(term);
    const weights = this.#index.weights.subarray(start, end);
    const least = PASSING * Math.max(...weights);
    return [...this.#index.holders.subarray(start, end)].filter((_, at) => weights[at] >= least);
  }

  /** What a concept adds to the score of a fact. */
  #weight(concept, fact) {
    const seen = this.#seen(`#${concept}`);
    const { start, end } = seen;
    const { holders, weights, scale } = this.#index;
    const at = holders.subarray(start, end).indexOf(fact);
    return at < 0 ? 0 : weights[start + at] * scale;
  }

  /** Scores all facts for a text: the sum of their weights for its terms. */
  #rank(text) {
    const { holders, weights, scale } = this.#index;
    // in a longer text what is set aside or denied may be another thing than what is asked
    const isShort = codePoints(text) <= LONG;
    this.#find ??= finderOf(this.#index.cues);
    const read = fold(text, this.#folding);
    const kept = isShort ? withoutAsides(read, this.#find) : read;
    const [bare, addresses] = apart(kept, this.#index.offsets);
    const [folded, corrected] = this.#corrected(this.#completed(bare));
    const named = (part) => this.#named(part);
    const asking = asked(folded, this.#find, named, isShort ? this.#typed.opposites : {});
    const concepts = asking.concepts.map((concept) => `#${concept}`);
    const found = distinct([...tokens(folded), ...addresses, ...concepts]);
    const terms = found.map((term) => this.#seen(term));
    const sums = this.facts.map(() => 0);
    for (const { start, end } of terms) {
      for (let at = start; at < end; at++) {
        sums[holders[at]] += weights[at];
      }
    }
    return {
      text,
      asked: asking,
      scores: sums.map((sum) => sum * scale),
      order: this.#bestFirst(sums),
      terms,
      uncovered: named(folded).uncovered,
      corrected,
    };
  }

  /** The facts by their scores; of equal ones, those of primary sources first. */
  #bestFirst(sums) {
    const { reported } = this.#typed;
    const isReported = (fact) => Number(reported.includes(fact));
    return [...sums.keys()].sort((one, other) =>
      sums[other] - sums[one] || isReported(one) - isReported(other) || one - other
    );
  }

  /** The concepts that a folded text names, the words that name what no fact covers, the rest. */
  #named(folded) {
    const { concepts, glossary } = this.#index;
    const { found, rest } = mentions(folded, glossary);
    const isCovered = ([number]) => number in concepts;
    return {
      found: found.filter(isCovered).map(([number]) => concepts[number]),
      uncovered: found.filter((each) => !isCovered(each)).map(([, words]) => words),
      rest,
    };
  }

  /**
   * The text with its last word completed, if no fact knows it and some begin with it: to the one
   * that most facts hold.
   */
  #completed(folded) {
    const { offsets, starts } = this.#index;
    const [last] = folded.match(LAST_WORD) ?? [];
    if (!last || offsets.has(last)) return folded;
    this.#words ??= [...offsets.keys()].filter((term) => WORD_OF_LATIN.test(term)).sort();
    const held = (word) => starts[offsets.get(word) + 1] - starts[offsets.get(word)];
    const more = (best, word) => (best && held(best) >= held(word) ? best : word);
    const longer = this.#words.filter((word) => word.startsWith(last)).reduce(more, "");
    return longer ? folded.slice(0, -last.length) + longer : folded;
  }

  /**
   * A term with its class, the languages that use it, and where its postings start and end: nowhere
   * if it has none.
   */
  #seen(term) {
    const { offsets, starts, masks } = this.#index;
    const number = offsets.get(term);
    return {
      term,
      kind: classify(term),
      mask: masks[number] ?? 0,
      start: starts[number] ?? 0,
      end: starts[number + 1] ?? 0,
    };
  }

  /** Tells whether a part has terms that may be those of a language that is not loaded. */
  #isOpen({ terms }) {
    return terms.some(({ kind, start, end }) => start === end && OPEN.includes(kind));
  }

  #holds({ start, end }, fact) {
    return this.#index.holders.subarray(start, end).includes(fact);
  }

  /** How well the best fact covers a ranked text, and how sure it is that it answers. */
  #sureness({ scores, order, terms }, elsewhere, decision) {
    const { classes } = this.#index.parameters;
    const [best, rival] = order;
    const seen = terms.map((term) => ({
      kind: term.kind,
      holders: term.end - term.start,
      held: this.#holds(term, best),
    }));
    const evidence = weigh(seen, classes, this.facts.length, scores[best], scores[rival] ?? 0);
    return { evidence, confidence: confidence([...evidence, elsewhere], decision) };
  }

  /**
   * The language of a text, told by its script and by which language's texts use its terms; one
   * with characters of its own is not asked in by Latin words alone. The first where it is open.
   */
  #languageOf(text, terms) {
    const languages = [...this.languages, ...this.#index.asked];
    const votes = Object.fromEntries(languages.map((language) => [language, 0]));
    for (const character of text) {
      for (const [language, own] of this.#own) {
        if (own.has(character)) votes[language] += OWN_CHARACTER;
      }
    }
    const open = text && !hasCjk(text) && !Object.values(votes).some(Boolean);
    const scripts = new Map(open ? this.#own : []);
    const able = languages.filter((language) => !scripts.has(language));
    if (CODE.test(text)) votes[languages[0]] += CODE_LEAD;
    for (const { kind, mask } of terms) {
      if (kind === "concept" || kind === "stem") continue;
      const users = languages.filter((_, bit) => (mask >> bit) & 1);
      for (const language of users) {
        votes[language] += 1 / users.length;
      }
    }
    const more = (first, other) => votes[other] > votes[first] ? other : first;
    return (able.length ? able : languages).reduce(more);
  }

  /**
   * The text with misspelled words corrected, and the corrections; where few of the unknown words
   * can be, they are no slips.
   */
  #corrected(folded) {
    const { offsets } = this.#index;
    const words = distinct(folded.match(LATIN) ?? []).sort();
    const unknown = words.filter((word) => isCorrectable(word) && !offsets.has(word));
    if (!unknown.length) return [folded, new Map()];
    this.#speller ??= new Speller([...offsets.keys()]);
    const corrected = new Map();
    for (const word of unknown) {
      const right = this.#speller.correct(word);
      if (right) corrected.set(word, right);
    }
    if (corrected.size < unknown.length / 2) corrected.clear();
    return [folded.replace(LATIN, (word) => corrected.get(word) ?? word), corrected];
  }
}

/** A fact in a language by its number, with all that the file leaves out or tells by a number. */
function entryOf(number, language, edition, facts) {
  const told = { ...edition.empty, language, ...edition.entries[number] };
  for (const [key, known] of Object.entries(edition.numbered)) {
    told[key] = told[key].map((at) => known[at]);
  }
  for (const [key, names] of Object.entries(edition.rows)) {
    const named = (row) => Object.fromEntries(names.map((name, at) => [name, row[at]]));
    told[key] = told[key].map(named);
  }
  const fact = facts[number];
  const topic = edition.topics[fact.split("/")[0]];
  return { ...told, fact, topic, url: edition.base + fact.replace("/", "/#") };
}

function patternsOf(sources) {
  const made = ([name, source]) => [name, new RegExp(source)];
  return Object.fromEntries(Object.entries(sources).map(made));
}

function reference({ fact, title, url }) {
  return { fact, title, url };
}

/**
 * What is said of a fact that is past or not yet in force on a day, or of which the sources differ
 * on that; nothing where it holds.
 */
function statusOn(day, valid, { past, future, disputed }) {
  if (outside(day, null, valid.until)) return past;
  if (outside(day, valid.from, null)) return future;
  return outside(day, valid.agreed_from, valid.agreed_until) ? disputed : "";
}

function outside(day, first, last) {
  return Boolean((first && day < first) || (last && day > last));
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
  const local = new Date(now - now.getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 10);
}
