/** A small answer index as it is served: two facts and two terms, content by address. */

import { createHash } from "node:crypto";

export const FOLDER = "https://kb.example/index/";
export const MANIFEST = `${FOLDER}manifest.json`;

const CLASSES = { word: 1, stem: 1, kana: 0.5, character: 0.4, concept: 2, quantity: 1 };
const DECISION = { intercept: -1, coefficients: [1, 1, 1, 1, 1, 1], threshold: 0.5, closest: 0.1 };
const FACTS = [
  {
    title: "Files",
    text: "Files are kept.",
    valid: {
      ...{ from: "2025-01-01", until: "2025-12-31", text: "in 2025" },
      ...{ agreed_from: "2025-02-01", agreed_until: "2025-11-30" },
    },
    past: "Past.",
    future: "Future.",
    disputed: "Disputed.",
  },
  {
    title: "Batches",
    text: "Batches are kept for 29 days.",
    marks: [[21, 28, "strong"]],
    not_to_be_confused_with: [0],
    sources: [0],
    cited: [0],
  },
];
const LEXICON = {
  mail: {
    automatic: "(?!)",
  },
  typed: {
    facts: [[["files"], [], [], []], [["batches"], [], [], []]],
    kinds: { files: "feature", batches: "feature" },
    pages: { a: [0, 1] },
    main: {},
    opposites: {},
    groups: {},
    reported: [],
  },
};
const MAIL = {
  quoted: "^>",
  history: "(?!)",
  header: "(?!)",
  next_header: "(?!)",
  signature: "(?!)",
  small_print: "(?!)",
};
const EDITION = {
  labels: { colon: ": ", comma: ", " },
  subjects: { files: "Files", batches: "Batches" },
  topics: { a: "A topic" },
  usual: ["How long are files kept?"],
  base: "https://kb.example/en/",
  empty: {
    ...{ marks: [], values: [], sources: [], cited: [], told_apart: [], conditions: [] },
    ...{ conflicts: [], not_to_be_confused_with: [], see_also: [] },
    ...{ past: "", future: "", disputed: "", valid: { from: null, until: null, text: "" } },
  },
  rows: {
    marks: ["start", "end", "form"],
    sources: ["document", "title", "section_title", "kind_text", "received_text"],
  },
  numbered: { sources: [["doc", "A", "B", "C", "D"]], cited: ["A, B (C, D)"] },
  entries: FACTS,
};

/** A number as four bytes, the lowest one first. */
export function bytesOf(number) {
  return [0, 8, 16, 24].map((shift) => (number >>> shift) & 0xff);
}

/** The postings of terms, each with its one fact of two, in numbers of one byte. */
function postings(terms) {
  const facts = terms.map(({ fact }) => fact);
  const steps = facts.map((fact, at) => (fact - (facts[at - 1] ?? 0) + 2) % 2);
  return [
    ...bytesOf(terms.length), // the terms
    ...bytesOf(terms.length), // the postings of all of them
    ...bytesOf(1),
    ...terms.map(() => 1),
    ...terms.flatMap(({ mask }) => mask),
    ...steps,
    ...terms.map(({ weight }) => weight),
  ];
}

/** The file of terms; none begins with letters of the one before it. */
function frontCoded(terms) {
  return terms.map(({ term }) => `\0${term}\n`).join("");
}

const TERMS = [
  { term: "batch", mask: [1], fact: 1, weight: 9 },
  { term: "file", mask: [1], fact: 0, weight: 7 },
];

/**
 * The files of an index of some languages and terms, which they share, and of those that each has
 * `alone`; `address` tells where a file is.
 */
export function served({ languages = ["en"], terms = TERMS, asked = [], alone = {} } = {}) {
  const files = new Map();
  const put = (stem, content) => {
    const data = Buffer.from(content);
    const hash = createHash("sha256").update(data).digest("hex").slice(0, 16);
    const name = stem.replace(".", `-${hash}.`);
    files.set(FOLDER + name, data);
    return name;
  };
  const entries = put("entries.json", JSON.stringify(EDITION));
  const characters = Object.fromEntries(languages.map((language) => [language, ""]));
  const words = (own, stem) => ({
    terms: put(`terms${stem}.bin`, frontCoded(own)),
    postings: put(`postings${stem}.bin`, postings(own)),
    glossary: put(`glossary${stem}.bin`, [0, 0, 0, 0]),
    ...(stem && { cues: put(`cues${stem}.json`, "{}") }),
  });
  const lexicon = { ...LEXICON, folding: "", characters, concepts: [] };
  const shared = words(terms, "");
  const parts = [...languages, ...asked].map((code) => (
    { languages: [code], ...words(alone[code] ?? [], `-${code}`) }
  ));
  const named = {
    shared,
    mail: put("mail.json", JSON.stringify(MAIL)),
    parts,
    lexicon: put("lexicon.json", JSON.stringify(lexicon)),
    entries: Object.fromEntries(languages.map((language) => [language, entries])),
  };
  const manifest = {
    format: "policy-kb widget index",
    version: 5,
    languages,
    asked,
    facts: ["a/file", "a/batch"],
    scale: 1,
    parameters: { classes: CLASSES, near: 0.6, decision: { brief: DECISION, long: DECISION } },
    files: named,
  };
  files.set(MANIFEST, sealed(manifest));
  return { files, manifest, address: (name) => FOLDER + (shared[name] ?? named[name]) };
}

/** A manifest that begins with the hash of what follows. */
export function sealed(manifest) {
  const rest = JSON.stringify(manifest).slice(1);
  const told = createHash("sha256").update(rest).digest("hex");
  return Buffer.from(`{"sha256":"${told}",${rest}`);
}

/** A `fetch` of these files. */
export function fetching(files) {
  return async (address, { signal }) => {
    await null;
    signal.throwIfAborted();
    if (!files.has(address)) return new Response("", { status: 404 });
    return new Response(files.get(address));
  };
}
