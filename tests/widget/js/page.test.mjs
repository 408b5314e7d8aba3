/** Boxes share what they load, and leave it in order. */

import assert from "node:assert/strict";
import test from "node:test";

import { LOADS } from "../../../kb_tools/widget/page.mjs";

/** A load that ends when told to. */
function begun() {
  const made = { begins: 0 };
  made.begin = (signal) => {
    made.begins += 1;
    return new Promise((resolve, reject) => {
      Object.assign(made, { signal, resolve, reject });
    });
  };
  return made;
}

test("two boxes of one address share a load, which is aborted only when both have left", () => {
  const made = begun();
  const one = LOADS.join("shared", made.begin);
  const other = LOADS.join("shared", made.begin);
  assert.equal(made.begins, 1);
  LOADS.leave(one);
  assert.equal(made.signal.aborted, false);
  LOADS.leave(other);
  assert.equal(made.signal.aborted, true);
});

test("a load that ended is kept for the next box", async () => {
  const made = begun();
  const one = LOADS.join("kept", made.begin);
  made.resolve("engine");
  await one.engine;
  LOADS.leave(one);
  assert.equal(await LOADS.join("kept", made.begin).engine, "engine");
  assert.deepEqual([made.begins, made.signal.aborted], [1, false]);
});

test("a load that failed is tried again, but not with every key", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const made = begun();
  const one = LOADS.join("failing", made.begin);
  made.reject(new Error("missing"));
  await assert.rejects(one.engine);
  await null;
  LOADS.join("failing", made.begin);
  assert.equal(made.begins, 1);
  context.mock.timers.tick(3000);
  assert.equal(one.failed, true);
  LOADS.join("failing", made.begin);
  assert.equal(made.begins, 2);
});
