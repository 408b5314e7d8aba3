/**
 * Damages the files of a published index, one after the other, and asks: node corruption.mjs DIR
 * ROUNDS QUESTION...
 *
 * Prints how many were damaged, and each that gave other answers silently or failed in another way
 * than the engine tells.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Engine } from "../../../kb_tools/widget/engine.mjs";
import { EngineError } from "../../../kb_tools/widget/store.mjs";

const [folder, rounds, ...questions] = process.argv.slice(2);
const files = new Map(
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]),
);

let state = 20261126;

/** A whole number below a bound: the same ones in every run. */
function below(bound) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * Math.max(1, bound));
}

function damaged(content) {
  const at = below(content.length);
  const [head, tail] = [content.subarray(0, at), content.subarray(at + 1)];
  switch (below(5)) {
    case 0:
      return Buffer.concat([head, Buffer.from([content[at] ^ (1 << below(8))]), tail]);
    case 1:
      return head;
    case 2:
      return Buffer.concat([head, content.subarray(at + 1 + below(9))]);
    case 3:
      return Buffer.concat([head, Buffer.from([below(256), below(256)]), content.subarray(at)]);
    default:
      // a figure for another, so that it stays what it was in form
      return Buffer.concat([head, Buffer.from(String(below(10))), tail]);
  }
}

async function replies(served) {
  const fetch = async (address) => {
    const content = served.get(address.split("/").at(-1));
    return content ? new Response(content) : new Response("", { status: 404 });
  };
  const engine = await Engine.load("https://kb.test/index", { fetch });
  await engine.complete({ asked: true });
  const found = [];
  for (const question of questions) found.push(await engine.ask(question));
  return JSON.stringify(found);
}

const expected = await replies(files);
const names = [...files.keys()].filter((name) => files.get(name).length);
const bad = [];
for (let round = 0; round < Number(rounds); round++) {
  // every second time the manifest, on which all else rests
  const name = round % 2 ? names[below(names.length)] : "manifest.json";
  const changed = damaged(files.get(name));
  if (changed.equals(files.get(name))) continue;
  try {
    const found = await replies(new Map([...files, [name, changed]]));
    if (found !== expected) bad.push(`${name}: other answers, and nothing said`);
  } catch (error) {
    if (!(error instanceof EngineError)) bad.push(`${name}: ${error.name}: ${error.message}`);
  }
}
console.log(JSON.stringify({ done: Number(rounds), bad }));
