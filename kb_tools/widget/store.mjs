/**
 * The answer index as files: fetched, verified and unpacked.
 *
 * `kb_tools/publication.py` writes them, and tells the layout together with `kb_tools/store.py`.
 */

const MAGIC = "policy-kb widget index";
const VERSION = 1;
const PATIENCE = 30_000;

/** Why there is no answer; `code` is missing, version, truncated, not-json, slow or empty (a question without words). */
export class EngineError extends Error {
  constructor(code, message) {
    super(message);
    this.name = "EngineError";
    this.code = code;
  }
}

/** The index of a folder, or of the address of its manifest; `read` reads the edition in a language. */
export async function openIndex(source, { fetch = globalThis.fetch, signal, patience = PATIENCE }) {
  const folder = String(source).replace(/[^/]*\.json$/, "").replace(/[^/]$/, "$&/");
  const read = (name, stop) => bytesOf((...request) => fetch(...request), folder + name, patience, stop);
  const manifest = parsed(await read("manifest.json", signal), "not-json");
  if (manifest?.format !== MAGIC) throw new EngineError("not-json", "not an answer index of this program");
  if (manifest.version !== VERSION) throw new EngineError("version", `format ${manifest.version}, but this program reads ${VERSION}`);
  const { terms, postings, glossary, lexicon, entries } = manifest.files;
  // Each file is unpacked when it comes: all at once would keep the page waiting.
  const unpack = async (name, how) => how(await read(name, signal));
  const [offsets, numbers, concepts, words] = await Promise.all([
    unpack(terms, uncoded),
    unpack(postings, (data) => unpacked(data, manifest.facts.length)),
    unpack(glossary, hashes),
    unpack(lexicon, (data) => parsed(data, "truncated")),
  ]);
  return {
    ...manifest,
    ...words,
    ...numbers,
    offsets,
    glossary: concepts,
    read: async (language) => parsed(await read(entries[language]), "truncated"),
  };
}

/** The bytes of a file, which must have the hash in its name where the browser can tell. */
async function bytesOf(fetch, address, patience, signal) {
  const late = AbortSignal.timeout(patience);
  const stop = signal ? AbortSignal.any([signal, late]) : late;
  try {
    const response = await fetch(address, { signal: stop });
    if (!response.ok) throw new Error(response.status);
    const data = new Uint8Array(await response.arrayBuffer());
    const told = address.match(/-(\w{16})\.\w+$/)?.[1];
    if (told && told !== (await hash(data, told))) throw new EngineError("truncated", `${address}: truncated or changed`);
    return data;
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof EngineError ? error : new EngineError(late.aborted ? "slow" : "missing", `${address}: ${error.message}`);
  }
}

/** The first 16 digits of the SHA-256 of some bytes; `otherwise` on an insecure page, which has no means to tell. */
async function hash(data, otherwise) {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", data);
  return digest ? Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("") : otherwise;
}

function parsed(data, code) {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch (error) {
    throw new EngineError(code, error.message);
  }
}

/** Terms by number from a front-coded file: put together as bytes and decoded once. */
function uncoded(data) {
  const made = new Uint8Array(65 * data.length);
  let [before, to] = [0, 0];
  for (let from = 0; from < data.length; ) {
    const end = data.indexOf(10, from + 1) + 1;
    if (!end) throw new EngineError("truncated", "the terms are truncated");
    made.copyWithin(to, before, before + data[from]);
    made.set(data.subarray(from + 1, end), to + data[from]);
    before = to;
    to += data[from] + end - from - 1;
    from = end;
  }
  return new Map(new TextDecoder().decode(made.subarray(0, to)).split("\n").slice(0, -1).map((term, number) => [term, number]));
}

/** The postings: where those of each term start, the languages that use it, and the facts that hold it, with their weights. */
function unpacked(data, count) {
  const [terms, total, width] = [0, 4, 8].map((place) => number(data, place));
  if (data.length !== 12 + (width + 1) * (terms + total)) throw new EngineError("truncated", "the postings are truncated");
  let at = 12;
  const numbers = (length, bytes) =>
    Uint16Array.from({ length }, () => data[at++] + (bytes > 1 ? 256 * data[at++] : 0));
  const starts = [0];
  for (const length of numbers(terms, width)) starts.push(starts.at(-1) + length);
  const masks = numbers(terms, 1);
  let fact = 0;
  const holders = numbers(total, width).map((step) => (fact = (fact + step) % count));
  return { starts, masks, holders, weights: numbers(total, 1) };
}

/** The glossary: hashes of its terms with the numbers of their concepts. */
function hashes(data) {
  const count = number(data, 0);
  if (data.length !== 4 + 4 * count) throw new EngineError("truncated", "the glossary is truncated");
  const found = new Map();
  let [at, hash] = [4, 0];
  for (; at < 4 + count; at++) {
    hash += data[at] + 256 * data[at + count] + 65536 * data[at + 2 * count];
    found.set(hash, data[at + 3 * count]);
  }
  return found;
}

function number(data, at) {
  return (data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24)) >>> 0;
}
