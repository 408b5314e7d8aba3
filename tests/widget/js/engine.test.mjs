/**
 * The engine says what is wrong with an index or a question, each by its code; what it replies is
 * compared in `parity.mjs`.
 */

import assert from "node:assert/strict";
import test from "node:test";

import { Engine } from "../../../kb_tools/widget/engine.mjs";
import { bytesOf, fetching, FOLDER, MANIFEST, sealed, served } from "./served.mjs";

function load(files, options) {
  return Engine.load(FOLDER, { fetch: fetching(files), ...options });
}

test("an index is loaded from its folder, with a slash or not, and its manifest", async () => {
  const { files } = served();
  for (const source of [FOLDER, FOLDER.slice(0, -1), MANIFEST]) {
    const engine = await Engine.load(source, { fetch: fetching(files) });
    assert.deepEqual(engine.languages, ["en"]);
    assert.deepEqual(engine.facts, ["a/file", "a/batch"]);
  }
});

test("a reply holds the fact with its address, marks, twins and sources", async () => {
  const engine = await load(served().files);
  const [answer] = (await engine.ask("batch")).answers;
  const twin = {
    fact: "a/file",
    title: "Files",
    url: "https://kb.example/en/a/#file",
    told_apart: [],
  };
  const source = {
    document: "doc",
    title: "A",
    section_title: "B",
    kind_text: "C",
    received_text: "D",
  };
  assert.equal(answer.url, "https://kb.example/en/a/#batch");
  assert.deepEqual(answer.marks, [{ start: 21, end: 28, form: "strong" }]);
  assert.deepEqual(answer.not_to_be_confused_with, [twin]);
  assert.deepEqual(answer.sources, [source]);
  assert.deepEqual(answer.cited, ["A, B (C, D)"]);
  assert.deepEqual(answer.matched, { language: "en", text: "batch" });
});

test("what matched is told in words, kana too, but neither stems nor lone characters", async () => {
  const held = { mask: [1], fact: 1, weight: 9 };
  const terms = ["batch", "~batch", "バッ", "保"].map((term) => ({ ...held, term }));
  const engine = await load(served({ terms }).files);
  const [answer] = (await engine.ask("batch バッ保")).answers;
  assert.equal(answer.matched.text, "batch バッ");
});

test("a fact that is past or not yet in force on a day is told apart", async () => {
  const engine = await load(served().files);
  const status = async (asOf) => {
    const reply = await engine.ask("file", { asOf });
    return reply.not_in_force.map((answer) => answer.status);
  };
  assert.deepEqual(await status("2024-12-31"), ["Future."]);
  assert.deepEqual(await status("2025-01-01"), []);
  assert.deepEqual(await status("2025-12-31"), []);
  assert.deepEqual(await status("2026-01-01"), ["Past."]);
  assert.equal((await engine.ask("file")).answers[0].status, "Past.");
});

test("a fact on whose days the sources differ is answered and told as disputed", async () => {
  const engine = await load(served().files);
  const status = async (asOf) => (await engine.ask("file", { asOf })).answers[0]?.status;
  assert.equal(await status("2025-01-31"), "Disputed.");
  assert.equal(await status("2025-02-01"), "");
  assert.equal(await status("2025-11-30"), "");
  assert.equal(await status("2025-12-01"), "Disputed.");
});

test("a language that the index lacks is answered in the question's own", async () => {
  const engine = await load(served().files);
  assert.equal((await engine.ask("batch", { language: "xx" })).language, "en");
});

/** An index of so many languages; "batch" is a word of the first one, "file" of the last one. */
function multilingual(count) {
  const languages = Array.from({ length: count }, (_, at) => `l${at}`);
  const maskOf = (bit) => bytesOf(2 ** bit).slice(0, Math.ceil(count / 8));
  const terms = [
    { term: "batch", mask: maskOf(0), fact: 1, weight: 9 },
    { term: "file", mask: maskOf(count - 1), fact: 0, weight: 7 },
  ];
  return served({ languages, terms });
}

for (const count of [1, 2, 8, 9, 16, 17, 24, 25, 31]) {
  test(`the language of a term is told among ${count}`, async () => {
    const { files } = multilingual(count);
    const engine = await load(files);
    assert.equal((await engine.ask("batch")).asked_in, "l0");
    assert.equal((await engine.ask("file")).asked_in, `l${count - 1}`);
    assert.equal((await engine.ask("file")).answers[0].fact, "a/file");
  });
}

test("words tell the language of a question, but stems do not", async () => {
  const terms = [
    { term: "batch", mask: [0b11], fact: 1, weight: 9 },
    { term: "~batch", mask: [0b10], fact: 1, weight: 9 },
  ];
  const engine = await load(served({ languages: ["en", "fr"], terms }).files);
  assert.equal((await engine.ask("batch")).asked_in, "en");
});

test("a question without words is refused", async () => {
  const engine = await load(served().files);
  for (const question of ["", " ", "?!", "\ud800", "\u200b"]) {
    await assert.rejects(engine.ask(question), { name: "EngineError", code: "empty" });
  }
});

const manifestOf = (content) => ({ files }) => files.set(MANIFEST, content);
const halfOf = (name) => ({ files, address }) => {
  const whole = files.get(address(name));
  files.set(address(name), whole.subarray(0, -1));
};
const BROKEN = [
  ["no manifest", "missing", ({ files }) => files.delete(MANIFEST)],
  ["a file is gone", "missing", ({ files, address }) => files.delete(address("terms"))],
  ["a page in place of the manifest", "not-json", manifestOf("<!doctype html>")],
  ["JSON of something else", "not-json", manifestOf("[]")],
  ["JSON that is null", "not-json", manifestOf("null")],
  [
    "another version",
    "version",
    ({ files, manifest }) => files.set(MANIFEST, sealed({ ...manifest, version: 99 })),
  ],
  ["half of the terms", "truncated", halfOf("terms")],
  ["half of the postings", "truncated", halfOf("postings")],
  ["half of the glossary", "truncated", halfOf("glossary")],
  ["half of the lexicon", "truncated", halfOf("lexicon")],
];

for (const [what, code, damage] of BROKEN) {
  test(`${what}: ${code}`, async () => {
    const index = served();
    damage(index);
    await assert.rejects(load(index.files), { name: "EngineError", code });
  });

  test(`${what}, on a page that cannot hash: ${code}`, async (context) => {
    const index = served();
    damage(index);
    context.mock.getter(globalThis, "crypto", () => undefined);
    await assert.rejects(load(index.files), { name: "EngineError", code });
  });
}

/** One weight of an index is another one, so that nothing but the hash can tell. */
function changed() {
  const { files, address } = served();
  const content = Buffer.from(files.get(address("postings")));
  content[content.length - 1] += 1;
  files.set(address("postings"), content);
  return files;
}

for (const [before, after] of [["0.6", "0.7"], ["a/file", "a/fila"], ["sha256", "sha255"]]) {
  test(`${after} in place of ${before} in the manifest is found by its hash`, async () => {
    const { files } = served();
    files.set(MANIFEST, Buffer.from(String(files.get(MANIFEST)).replace(before, after)));
    await assert.rejects(load(files), { name: "EngineError", code: "truncated" });
  });
}

test("a file that was changed is found by its hash", async () => {
  await assert.rejects(load(changed()), { name: "EngineError", code: "truncated" });
});

test("a page that cannot hash takes the files as they are", async (context) => {
  context.mock.getter(globalThis, "crypto", () => undefined);
  assert.deepEqual((await load(changed())).facts, ["a/file", "a/batch"]);
});

test("an index that does not come in time is slow", async (context) => {
  const never = (address, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const alive = setInterval(() => {}, 1000);
  context.after(() => clearInterval(alive));
  await assert.rejects(Engine.load(FOLDER, { fetch: never, patience: 20 }), { code: "slow" });
});

test("a load that is aborted rejects as its signal says", async () => {
  const control = new AbortController();
  const loading = load(served().files, { signal: control.signal });
  control.abort();
  await assert.rejects(loading, { name: "AbortError" });
});

test("entries that could not be loaded are loaded anew when asked for again", async () => {
  const { files, manifest } = served();
  const address = FOLDER + manifest.files.entries.en;
  const content = files.get(address);
  const engine = await load(files);
  files.delete(address);
  await assert.rejects(engine.ask("batch"), { code: "missing" });
  files.set(address, content);
  assert.equal((await engine.ask("batch")).answers[0].fact, "a/batch");
});

/** Two languages: "batch" is a word of both, "fichier" one of the second alone. */
function twoLanguages({ intercept = -9 } = {}) {
  const held = { mask: [0b11], fact: 1, weight: 9 };
  const terms = ["batch", "~batch"].map((term) => ({ ...held, term }));
  const fichier = { term: "fichier", mask: [0b10], fact: 0, weight: 9 };
  const index = served({ languages: ["en", "fr"], terms, alone: { fr: [fichier] } });
  const { parameters } = index.manifest;
  const decision = { ...parameters.decision, brief: { ...parameters.decision.brief, intercept } };
  const manifest = { ...index.manifest, parameters: { ...parameters, decision } };
  index.files.set(MANIFEST, sealed(manifest));
  return index;
}

test("words of another language are loaded when a question needs them, not before", async () => {
  const { files, manifest } = twoLanguages();
  const loaded = [];
  const fetch = (address, options) => {
    loaded.push(address.slice(FOLDER.length));
    return fetching(files)(address, options);
  };
  const engine = await Engine.load(FOLDER, { fetch });
  const { terms } = manifest.files.parts.find((part) => part.languages[0] === "fr");
  assert.ok(!loaded.includes(terms));
  await engine.ask("batch");
  assert.ok(!loaded.includes(terms));
  const reply = await engine.ask("fichier", { language: "en" });
  assert.ok(loaded.includes(terms));
  assert.equal(reply.asked_in, "fr");
  assert.equal([...reply.answers, ...reply.nearest][0].fact, "a/file");
  assert.equal(loaded.length, new Set(loaded).size, "nothing is loaded twice");
});

test("an answer that other languages may change says so until they are there", async () => {
  const engine = await load(twoLanguages({ intercept: 9 }).files);
  assert.equal((await engine.ask("batch")).partial, false);
  assert.equal((await engine.ask("batch fichier")).partial, true);
  await engine.complete();
  assert.equal((await engine.ask("batch fichier")).partial, false);
});

test("words that could not be loaded are loaded anew when they are needed again", async () => {
  const { files, manifest } = twoLanguages();
  const address = FOLDER + manifest.files.parts.find((part) => part.languages[0] === "fr").terms;
  const content = files.get(address);
  const engine = await load(files);
  files.delete(address);
  await assert.rejects(engine.ask("fichier"), { code: "missing" });
  files.set(address, content);
  assert.equal((await engine.ask("fichier")).asked_in, "fr");
});

test("words of a language without pages are loaded when a question needs them", async () => {
  const datei = { term: "datei", mask: [0b10], fact: 0, weight: 9 };
  const index = served({ asked: ["de"], alone: { de: [datei] } });
  const { parameters } = index.manifest;
  const brief = { ...parameters.decision.brief, intercept: -9 };
  const decision = { ...parameters.decision, brief };
  const manifest = { ...index.manifest, parameters: { ...parameters, decision } };
  index.files.set(MANIFEST, sealed(manifest));
  const loaded = [];
  const fetch = (address, options) => {
    loaded.push(address.slice(FOLDER.length));
    return fetching(index.files)(address, options);
  };
  const engine = await Engine.load(FOLDER, { fetch });
  await engine.complete();
  const { terms } = manifest.files.parts.find((part) => part.languages[0] === "de");
  assert.ok(!loaded.includes(terms));
  const reply = await engine.ask("datei");
  assert.ok(loaded.includes(terms));
  assert.equal(reply.asked_in, "de");
  assert.equal(reply.language, "en");
  assert.equal([...reply.answers, ...reply.nearest][0].fact, "a/file");
});
