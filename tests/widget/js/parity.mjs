/**
 * Compares the engine's replies with Python's: node parity.mjs DIR QUESTIONS EXPECTED
 *
 * DIR is the folder of an index, QUESTIONS a JSONL file, EXPECTED what
 * `scripts/vectors.py --index DIR --questions QUESTIONS` printed. Prints each difference and the
 * shares that are equal; fails where a reply differs in more than the 9th decimal.
 */

import { readFileSync } from "node:fs";

import { Engine } from "../../../kb_tools/widget/engine.mjs";
import { fetchFile } from "./files.mjs";

const NEAR = 1.5e-9;

function linesOf(path) {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

function shown(value) {
  return String(JSON.stringify(value)).slice(0, 100);
}

function isStructure(value) {
  return typeof value === "object" && value !== null;
}

function isEqual(found, wanted) {
  if (typeof wanted !== "number" || typeof found !== "number") return found === wanted;
  return Math.abs(found - wanted) <= NEAR;
}

/** Where what is found differs from what is wanted; keys that are not wanted are not looked at. */
function* differences(found, wanted, path = "") {
  if (!isStructure(wanted) || !isStructure(found)) {
    if (!isEqual(found, wanted)) yield `${path}: ${shown(found)}, expected ${shown(wanted)}`;
    return;
  }
  if (Array.isArray(wanted) && wanted.length !== found.length) {
    yield `${path}.length: ${found.length}, expected ${wanted.length}`;
  }
  for (const key of Object.keys(wanted)) {
    yield* differences(found[key], wanted[key], `${path}.${key}`);
  }
}

/**
 * The reply in the form that Python tells it in: of what is not covered, only that there is
 * something.
 */
async function replyTo(engine, { text, language, limit, as_of: asOf }) {
  try {
    const reply = await engine.ask(text, { language, limit, asOf });
    return { ...reply, uncovered: reply.uncovered.length > 0 };
  } catch (error) {
    if (error.code !== "empty") throw error;
    return { error: error.code };
  }
}

function firstOf(reply) {
  return (reply.answers?.[0] ?? reply.nearest?.[0])?.fact;
}

/** Ask a question and compare; tells what is equal, and how long it took. */
async function compare(engine, question, wanted) {
  const start = performance.now();
  const reply = await replyTo(engine, question);
  const taken = performance.now() - start;
  const different = [...differences(reply, wanted)];
  if (different.length) {
    const lines = [JSON.stringify(question.text.slice(0, 200)), ...different.slice(0, 5)];
    console.error(lines.join("\n    "));
  }
  return {
    taken,
    first: firstOf(reply) === firstOf(wanted),
    answered: reply.answered === wanted.answered,
    all: !different.length,
  };
}

const [folder, questions, expected] = process.argv.slice(2);
const started = performance.now();
const engine = await Engine.load(folder, { fetch: fetchFile });
await engine.complete({ asked: true });
const loaded = performance.now() - started;
const wanted = linesOf(expected).map(({ asked: _, ...told }) => told);
const compared = [];
for (const [number, question] of linesOf(questions).entries()) {
  compared.push(await compare(engine, question, wanted[number]));
}
const count = (what) => compared.filter((one) => one[what]).length;
const equal = {
  questions: wanted.length,
  first: count("first"),
  answered: count("answered"),
  all: count("all"),
};
const times = compared.map(({ taken }) => taken).sort((one, other) => one - other);
const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(2);
const speed = `median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`;
console.error(`load ${loaded.toFixed(0)} ms, ${speed}`);
console.log(JSON.stringify(equal));
process.exitCode = equal.all === equal.questions ? 0 : 1;
