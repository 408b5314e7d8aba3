/** The engine says what is wrong with an index or a question, each by its code; what it replies is compared in `parity.mjs`. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";

import { Engine, mentions } from "../../../kb_tools/widget/engine.mjs";

const FOLDER = "https://kb.example/index/";
const CLASSES = { word: 1, stem: 1, kana: 0.5, character: 0.4, concept: 2, quantity: 1 };
const DECISION = { intercept: -1, coefficients: [1, 1, 1, 1, 1, 1], threshold: 0.5 };
const FACTS = [
  { title: "Files", text: "Files are kept.", start: "2025-01-01", end: "2025-12-31", past: "Past.", future: "Future." },
  { title: "Batches", text: "Batches are kept for 29 days.", marks: [[21, 28, "duration"]], twins: [0], sources: ["doc/part"] },
];

/** An index of two facts and two terms, as served: content by address. */
function served() {
  const files = new Map();
  const put = (stem, content) => {
    const data = Buffer.from(content);
    const name = stem.replace(".", `-${createHash("sha256").update(data).digest("hex").slice(0, 16)}.`);
    files.set(FOLDER + name, data);
    return name;
  };
  const edition = { labels: { colon: ": " }, base: "https://kb.example/en/", sources: { "doc/part": ["A", "B", "C", "D"] }, entries: FACTS };
  const named = {
    terms: put("terms.bin", "\0batch\n\0file\n"),
    postings: put("postings.bin", [2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 9, 7]),
    glossary: put("glossary.bin", [0, 0, 0, 0]),
    lexicon: put("lexicon.json", JSON.stringify({ folding: "", characters: { en: "" }, concepts: [] })),
    entries: { en: put("entries-en.json", JSON.stringify(edition)) },
  };
  const parameters = { classes: CLASSES, near: 0.6, decision: DECISION };
  const manifest = { format: "policy-kb widget index", version: 1, languages: ["en"], facts: ["a/file", "a/batch"], scale: 1, parameters, files: named };
  files.set(`${FOLDER}manifest.json`, Buffer.from(JSON.stringify(manifest)));
  return { files, manifest, address: (name) => FOLDER + named[name] };
}

const fetching = (files) => async (address, { signal }) => {
  await null;
  signal.throwIfAborted();
  return files.has(address) ? new Response(files.get(address)) : new Response("", { status: 404 });
};
const load = (files, options) => Engine.load(FOLDER, { fetch: fetching(files), ...options });

test("an index is loaded from its folder, with or without a slash, and from its manifest", async () => {
  const { files } = served();
  for (const source of [FOLDER, FOLDER.slice(0, -1), `${FOLDER}manifest.json`]) {
    const engine = await Engine.load(source, { fetch: fetching(files) });
    assert.deepEqual([engine.languages, engine.facts], [["en"], ["a/file", "a/batch"]]);
  }
});

test("a reply holds the fact with its address, marks, twins and sources", async () => {
  const engine = await load(served().files);
  const [answer] = (await engine.ask("batch")).answers;
  assert.equal(answer.url, "https://kb.example/en/a/#batch");
  assert.deepEqual(answer.marks, [{ start: 21, end: 28, kind: "duration" }]);
  assert.deepEqual(answer.not_to_be_confused_with, [{ fact: "a/file", title: "Files", url: "https://kb.example/en/a/#file", values: [] }]);
  assert.deepEqual(answer.sources, [{ document: "doc", title: "A", section_title: "B", kind_text: "C", received_text: "D" }]);
  assert.deepEqual(answer.matched, { language: "en", text: "batch" });
});

test("a fact that is past or not yet in force on a day is told apart, and both its days are included", async () => {
  const engine = await load(served().files);
  const status = async (asOf) => (await engine.ask("file", { asOf })).not_in_force.map((answer) => answer.status);
  assert.deepEqual(await status("2024-12-31"), ["Future."]);
  assert.deepEqual(await status("2025-01-01"), []);
  assert.deepEqual(await status("2025-12-31"), []);
  assert.deepEqual(await status("2026-01-01"), ["Past."]);
  assert.equal((await engine.ask("file")).answers[0].status, "Past.");
});

test("a language that the index lacks is answered in the question's own", async () => {
  const engine = await load(served().files);
  assert.equal((await engine.ask("batch", { language: "xx" })).language, "en");
});

test("a question without words is refused", async () => {
  const engine = await load(served().files);
  for (const question of ["", " ", "?!", "\ud800", "\u200b"]) await assert.rejects(engine.ask(question), { name: "EngineError", code: "empty" });
});

const BROKEN = [
  ["no manifest", "missing", ({ files }) => files.delete(`${FOLDER}manifest.json`)],
  ["a file is gone", "missing", ({ files, address }) => files.delete(address("terms"))],
  ["a page in place of the manifest", "not-json", ({ files }) => files.set(`${FOLDER}manifest.json`, "<!doctype html>")],
  ["JSON of something else", "not-json", ({ files }) => files.set(`${FOLDER}manifest.json`, "[]")],
  ["JSON that is null", "not-json", ({ files }) => files.set(`${FOLDER}manifest.json`, "null")],
  ["another version", "version", ({ files, manifest }) => files.set(`${FOLDER}manifest.json`, JSON.stringify({ ...manifest, version: 99 }))],
  ...["terms", "postings", "glossary", "lexicon"].map((name) => [
    `half of the ${name}`,
    "truncated",
    ({ files, address }) => files.set(address(name), files.get(address(name)).subarray(0, -1)),
  ]),
];

for (const [what, code, damage] of BROKEN) {
  for (const secure of [true, false]) {
    test(`${what}${secure ? "" : ", on a page that cannot hash"}: ${code}`, async (context) => {
      const index = served();
      damage(index);
      if (!secure) context.mock.getter(globalThis, "crypto", () => undefined);
      await assert.rejects(load(index.files), { name: "EngineError", code });
    });
  }
}

test("an index that does not come in time is slow", async (context) => {
  const never = (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
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

test("a glossary without terms mentions nothing", () => {
  assert.deepEqual(mentions("any text", new Map()), []);
});
