/**
 * Compares the engine's replies with Python's: node parity.mjs DIR QUESTIONS EXPECTED
 *
 * DIR is the folder of an index, QUESTIONS a JSONL file, EXPECTED what `scripts/vectors.py --index DIR --questions QUESTIONS` printed.
 * Prints each difference and the shares that are equal; fails where a reply differs in more than the 9th decimal.
 */

import { readFileSync } from "node:fs";

import { Engine } from "../../../kb_tools/widget/engine.mjs";
import { fetchFile } from "./files.mjs";

const [folder, questions, expected] = process.argv.slice(2);
const lines = (path) => readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

const shown = (value) => String(JSON.stringify(value)).slice(0, 100);

/** Where what is found differs from what is expected; keys that are not expected are not looked at. */
function* differences(found, wanted, path = "") {
  if (typeof wanted === "number" && typeof found === "number") {
    if (Math.abs(found - wanted) > 1.5e-9) yield `${path}: ${found}, expected ${wanted}`;
  } else if (wanted === null || typeof wanted !== "object" || typeof found !== "object" || found === null) {
    if (found !== wanted) yield `${path}: ${shown(found)}, expected ${shown(wanted)}`;
  } else {
    if (Array.isArray(wanted) && wanted.length !== found.length) yield `${path}.length: ${found.length}, expected ${wanted.length}`;
    for (const key of Object.keys(wanted)) yield* differences(found[key], wanted[key], `${path}.${key}`);
  }
}

/** The reply in the form that Python tells it in: of what is not covered, only that there is something. */
async function asked(engine, { text, language, limit, as_of: asOf }) {
  try {
    const reply = await engine.ask(text, { language, limit, asOf });
    return { ...reply, uncovered: reply.uncovered.length > 0 };
  } catch (error) {
    if (error.code !== "empty") throw error;
    return { error: error.code };
  }
}

const first = (reply) => (reply.answers?.[0] ?? reply.nearest?.[0])?.fact;
const started = performance.now();
const engine = await Engine.load(folder, { fetch: fetchFile });
const loaded = performance.now() - started;
const [wanted, times] = [lines(expected), []];
const equal = { questions: wanted.length, first: 0, answered: 0, all: 0 };
for (const [number, question] of lines(questions).entries()) {
  const start = performance.now();
  const reply = await asked(engine, question);
  times.push(performance.now() - start);
  const { asked: _, ...told } = wanted[number];
  const different = [...differences(reply, told)];
  equal.first += first(reply) === first(told);
  equal.answered += reply.answered === told.answered;
  equal.all += !different.length;
  if (different.length) console.error(`${JSON.stringify(question.text.slice(0, 200))}\n    ${different.slice(0, 5).join("\n    ")}`);
}
times.sort((one, other) => one - other);
const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(2);
console.error(`load ${loaded.toFixed(0)} ms, median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
console.log(JSON.stringify(equal));
process.exitCode = equal.all === equal.questions ? 0 : 1;
