/**
 * The answer index as files: fetched, verified and unpacked.
 *
 * `kb_tools/widget/publication.py` writes them, and tells the layout together with
 * `kb_tools/search/store.py`.
 */

const MAGIC = "policy-kb widget index";
const VERSION = 5;
const PATIENCE = 30_000;
const NEWLINE = 10;

// A term has at most 64 characters and a newline, and of every term at least one is written out.
const ROOM = 65;

/**
 * Why there is no answer; `code` is missing, version, truncated, not-json, slow or empty, which is
 * a question without words.
 */
export class EngineError extends Error {
  constructor(code, message) {
    super(message);
    this.name = "EngineError";
    this.code = code;
  }
}

/**
 * The index of a folder, or of the address of its manifest, with the words that several languages
 * share; `read` reads the edition in a language, `add` the words that it has alone.
 */
export async function openIndex(source, options) {
  const { fetch = globalThis.fetch, signal, patience = PATIENCE } = options;
  const folder = String(source).replace(/[^/]*\.json$/, "").replace(/[^/]$/, "$&/");
  const read = (name, stop) => bytesOf(fetch, folder + name, patience, stop);
  const sealed = await read("manifest.json", signal);
  const manifest = parsed(sealed, "not-json");
  await checkManifest(manifest, sealed);
  const { shared, parts, lexicon, entries } = manifest.files;
  // Each file is unpacked when it comes: all at once would keep the page waiting.
  const unpack = async (name, how, stop) => how(await read(name, stop));
  const words = ({ terms, postings, glossary, cues }, stop) =>
    Promise.all([
      unpack(terms, uncoded, stop),
      unpack(postings, (data) => unpacked(data, manifest), stop),
      unpack(glossary, hashes, stop),
      cues ? unpack(cues, (data) => parsed(data, "truncated"), stop) : {},
    ]);
  const loads = new Map();
  /** Load a part once; one that failed is loaded anew when it is wanted again. */
  const load = (part) => {
    if (!loads.has(part)) {
      const loading = words(part).then((found) => extend(index, found));
      loads.set(
        part,
        loading.catch((error) => {
          loads.delete(part);
          throw error;
        }),
      );
    }
    return loads.get(part);
  };
  const [own, first] = await Promise.all([
    unpack(lexicon, (data) => parsed(data, "truncated"), signal),
    words(shared, signal),
  ]);
  const index = {
    ...manifest,
    ...own,
    ...EMPTY,
    offsets: new Map(),
    glossary: new Map(),
    cues: [],
    readMail: async () => parsed(await read(manifest.files.mail), "truncated"),
    read: async (language) => parsed(await read(entries[language]), "truncated"),
    add: (language) =>
      Promise.all(parts.filter((part) => part.languages.includes(language)).map(load)),
  };
  extend(index, first);
  return index;
}

const EMPTY = {
  starts: [0],
  masks: new Uint32Array(),
  holders: new Uint32Array(),
  weights: new Uint32Array(),
};

/** Put the words of a language into an index, after those that it has. */
function extend(index, [terms, lists, concepts, cues]) {
  const [before, from] = [index.masks.length, index.holders.length];
  for (const [number, term] of terms.entries()) index.offsets.set(term, before + number);
  for (const [hash, concept] of concepts) index.glossary.set(hash, concept);
  index.cues.push(cues);
  index.starts = [...index.starts, ...lists.starts.slice(1).map((start) => from + start)];
  for (const name of ["masks", "holders", "weights"]) {
    index[name] = joinedNumbers(index[name], lists[name]);
  }
}

function joinedNumbers(one, other) {
  const made = new Uint32Array(one.length + other.length);
  made.set(one);
  made.set(other, one.length);
  return made;
}

async function checkManifest(manifest, sealed) {
  if (manifest?.format !== MAGIC) {
    throw new EngineError("not-json", "not an answer index of this program");
  }
  const { version } = manifest;
  if (version !== VERSION) {
    throw new EngineError("version", `format ${version}, but this program reads ${VERSION}`);
  }
  // it begins with the hash of all bytes that follow this member
  const seal = `{"sha256":"${manifest.sha256}",`;
  const told = await sha256(sealed.subarray(seal.length));
  if (told && told !== manifest.sha256) {
    throw new EngineError("truncated", "the manifest is truncated or changed");
  }
}

/** The bytes of a file, which may take so many milliseconds; `signal` aborts the load. */
async function bytesOf(fetch, address, patience, signal) {
  const late = AbortSignal.timeout(patience);
  const stop = signal ? AbortSignal.any([signal, late]) : late;
  try {
    const response = await fetch(address, { signal: stop });
    if (!response.ok) throw new Error(response.status);
    const data = new Uint8Array(await response.arrayBuffer());
    await verify(data, address);
    return data;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof EngineError) throw error;
    throw new EngineError(late.aborted ? "slow" : "missing", `${address}: ${error.message}`);
  }
}

/** Fails where the hash in a file's name is not its own; an insecure page has no means to tell. */
async function verify(data, address) {
  const named = address.match(/-(\w{16})\.\w+$/)?.[1];
  const told = named && await sha256(data);
  if (told && !told.startsWith(named)) {
    throw new EngineError("truncated", `${address}: truncated or changed`);
  }
}

/** The hash of bytes in hexadecimal digits; null where the page has no means to tell. */
async function sha256(data) {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", data);
  if (!digest) return null;
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
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
  const made = new Uint8Array(ROOM * data.length);
  let from = 0; // where an entry starts in the file
  let to = 0; // where its term starts among those made
  let before = 0; // where the term before it starts
  while (from < data.length) {
    const end = data.indexOf(NEWLINE, from + 1) + 1;
    if (!end) throw new EngineError("truncated", "the terms are truncated");
    const shared = data[from];
    const own = data.subarray(from + 1, end);
    made.copyWithin(to, before, before + shared);
    made.set(own, to + shared);
    before = to;
    to += shared + own.length;
    from = end;
  }
  return new TextDecoder().decode(made.subarray(0, to)).split("\n").slice(0, -1);
}

/**
 * The postings: where those of each term start, the languages that use it, and the facts that hold
 * it, with their weights.
 *
 * Each language is a bit, so there are at most 31: as many as JavaScript shifts without a sign.
 */
function unpacked(data, { facts, languages, asked }) {
  const [terms, total, width] = numbers(data, 0, 3, 4);
  const maskWidth = Math.ceil((languages.length + asked.length) / 8);
  const countsAt = 12;
  const masksAt = countsAt + terms * width;
  const stepsAt = masksAt + terms * maskWidth;
  const weightsAt = stepsAt + total * width;
  if (data.length !== weightsAt + total) {
    throw new EngineError("truncated", "the postings are truncated");
  }
  return {
    starts: startsOf(numbers(data, countsAt, terms, width)),
    masks: numbers(data, masksAt, terms, maskWidth),
    holders: holdersOf(numbers(data, stepsAt, total, width), facts.length),
    weights: numbers(data, weightsAt, total, 1),
  };
}

/** Numbers of so many bytes each from a place in a file on, the lowest byte first. */
function numbers(data, from, count, width) {
  const found = new Uint32Array(count);
  for (let place = 0; place < count; place++) {
    for (let byte = 0; byte < width; byte++) {
      found[place] |= data[from + place * width + byte] << (8 * byte);
    }
  }
  return found;
}

/** Where the postings of each term start; after the last one stands where they end. */
function startsOf(counts) {
  const starts = [0];
  for (const count of counts) {
    starts.push(starts.at(-1) + count);
  }
  return starts;
}

/** The facts that hold each term: steps from fact to fact, which begin anew after the last one. */
function holdersOf(steps, facts) {
  let fact = 0;
  return steps.map((step) => {
    fact = (fact + step) % facts;
    return fact;
  });
}

/** The glossary: hashes of its terms with the numbers of their concepts. */
function hashes(data) {
  const [count] = numbers(data, 0, 1, 4);
  if (data.length !== 4 + 5 * count) {
    throw new EngineError("truncated", "the glossary is truncated");
  }
  const found = new Map();
  let hash = 0;
  for (let at = 4; at < 4 + count; at++) {
    // a step from hash to hash in four columns of bytes, and a column of concepts
    const [low, second, third, high] = [0, 1, 2, 3].map((column) => data[at + column * count]);
    hash += low + 256 * (second + 256 * (third + 256 * high));
    found.set(hash, data[at + 4 * count]);
  }
  return found;
}
