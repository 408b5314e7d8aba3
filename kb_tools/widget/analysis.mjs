/**
 * Text to terms, one pipeline for questions and texts of every language.
 *
 * Mirrors `analysis.py` and `spelling.py` of `kb_tools/search`; the vectors of `scripts/vectors.py`
 * keep them together. Lengths are counted in code points, as Python counts them.
 */

const STEM = 5;
const SHORTEST_STEMMED = 4;
const LONGEST_TERM = 64;
const LONGEST_NUMBER = 9;
const CORRECTABLE = /^[a-z]{5,24}$/i;

// What Python's \s is: JavaScript's also has U+FEFF, and lacks U+001C to U+001F and U+0085.
const SPACE = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const HAN = String.raw`\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}`;
const CJK = String.raw`\u30a1-\u30ff${HAN}`;
const CJK_CHARACTER = new RegExp(String.raw`[\u3041-\u3096${CJK}]`, "u");
const HANGUL = String.raw`\uac00-\ud7a3`;
const LETTER = String.raw`(?![${CJK}${HANGUL}])[\p{L}\p{N}]`;
const PIECE = new RegExp(`([${CJK}]+)|([${HANGUL}]+)|(?:${LETTER})+`, "gu");
const SENTENCE_END = new RegExp(String.raw`(?<=[.!?])[${SPACE}]+|(?<=[。！？])|\n+`);
const TRIMMED = new RegExp(`[^${SPACE}](.*[^${SPACE}])?`, "su");

// These two match more than Python's, and what is too much is left out afterwards: so no text takes
// quadratic time.
const IDENTIFIER = /\/?[a-z0-9]+(?:[_./@-][a-z0-9]+)*/g;
const ADDRESS = /(?:https?:\/\/|www\.)[!-~]*|[a-z0-9._+-]+(?:@[a-z0-9._+-]*[a-z0-9])?/g;
const NUMBER = new RegExp(
  String.raw`(\p{Nd}+)[${SPACE}]*([a-z]+|小?[分時时天日年][間间钟]?)?`,
  "gu",
);

const KINDS = { "~": "stem", "#": "concept", "=": "quantity" };
const KANA_PAIR = /^[\u30a1-\u30ff].$/u;
const LONE_CHARACTER = /^[^\0-\u33ff]$/u;

const UNITS = new Map(
  Object.entries({
    i: "minute minutes min mins minuten minuto minutos minuti 分 分間 分间 分钟",
    h: "hour hours h heure heures stunden stunde hora horas ore 時 時間 时 时间 小时",
    d: "day days d jour jours tag tage tagen dia dias giorni dagen 日 日間 日间 天",
    y: "year years y an ans annee annees jahr jahre jahren ano anos anni jaar 年 年間 年间",
  }).flatMap(([short, words]) => words.split(" ").map((word) => [word, short])),
);

/** The table of an index, pairs of characters in one string, as a Map. */
export function foldingOf(table) {
  return new Map(table.match(/../gsu)?.map((pair) => Array.from(pair)));
}

/**
 * Reads alike what readers write alike: case, accents, width, kana, long vowels and Han variants;
 * `folding` is a Map of characters.
 */
export function fold(text, folding) {
  return caseless(scrub(text).normalize("NFKC"))
    .normalize("NFD")
    .replace(/(?![\u3099\u309a])\p{Mn}/gu, "")
    .normalize("NFC")
    .replace(/[\u3041-\u3096]/g, katakana)
    .replaceAll("ー", "")
    .replace(/[^\0-\x7f]/gu, (character) => folding.get(character) ?? character);
}

/** Drops what is not text: controls become spaces; format characters and lone surrogates go. */
function scrub(text) {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").replace(/\p{C}/gu, "");
}

/** What Python's `casefold` makes of a text, but for Cherokee; a dotless ı becomes i. */
function caseless(text) {
  return text
    .toLowerCase()
    .replace(/[^\0-\x7f]+/g, (others) => others.toUpperCase().toLowerCase())
    .replaceAll("ς", "σ");
}

function katakana(hiragana) {
  return String.fromCharCode(hiragana.charCodeAt(0) + 0x60);
}

/** The terms of a folded text, repeated as they occur, in the order of Python's. */
export function* tokens(folded) {
  for (const [text, cjk, hangul] of folded.matchAll(PIECE)) {
    const characters = Array.from(text);
    if (cjk) yield* characters.filter((character) => !isKana(character));
    yield* cjk || hangul ? pairs(characters) : wordAndStem(characters);
  }
  yield* identifiers(folded);
  for (const [, amount, unit] of folded.matchAll(NUMBER)) {
    if (UNITS.has(unit)) yield `=${whole(amount)}${UNITS.get(unit)}`;
  }
}

/**
 * A folded question without the addresses in it, and these as identifiers: what words they are made
 * of says nothing of what is asked. One that is a known term stays where it is.
 */
export function apart(folded, known) {
  const addresses = [];
  const rest = folded.replace(ADDRESS, (piece) => {
    if (!/^https?:\/\/|^www\.|@/.test(piece)) return piece;
    const bare = piece.replace(/^https:\/\//, "").replace(/^http:\/\//, "");
    const names = Array.from(identifiers(bare));
    if (names.some((name) => known.has(name))) return piece;
    addresses.push(...names);
    return " ";
  });
  return [rest, addresses];
}

function* identifiers(text) {
  for (const [found] of text.matchAll(IDENTIFIER)) {
    if (/[^a-z0-9]/.test(found)) yield found.slice(0, LONGEST_TERM);
  }
}

/** Neighbouring characters; not where kana meets Han, which is seldom within a word. */
function* pairs(characters) {
  for (let at = 1; at < characters.length; at++) {
    const [before, after] = [characters[at - 1], characters[at]];
    if (isKana(before) === isKana(after)) yield before + after;
  }
}

function isKana(character) {
  return character >= "\u30a1" && character <= "\u30ff";
}

function* wordAndStem(letters) {
  yield letters.slice(0, LONGEST_TERM).join("");
  if (letters.length >= SHORTEST_STEMMED) {
    const singular = letters.at(-1) === "s" ? letters.slice(0, -1) : letters;
    yield `~${singular.slice(0, STEM).join("")}`;
  }
}

/** The number that decimal digits of any script say. */
function whole(amount) {
  let total = 0;
  for (const digit of Array.from(amount).slice(0, LONGEST_NUMBER)) {
    total = total * 10 + digitValue(digit);
  }
  return total;
}

/** What a digit counts: the digits of a script stand in a row from zero on. */
function digitValue(digit) {
  const code = digit.codePointAt(0);
  let below = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - below - 1))) below++;
  return below % 10;
}

/** Tells whether a text has Han characters or kana. */
export function hasCjk(text) {
  return CJK_CHARACTER.test(text);
}

/** The class of a term: word, stem, kana, character, concept or quantity. */
export function classify(term) {
  if (term[0] in KINDS) return KINDS[term[0]];
  if (KANA_PAIR.test(term)) return "kana";
  return LONE_CHARACTER.test(term) ? "character" : "word";
}

/**
 * Folded text as glossary terms are matched in it: every word between two spaces of its own, and
 * each CJK character by itself.
 */
export function units(folded) {
  const pieces = folded.matchAll(PIECE);
  return Array.from(pieces, ([text, cjk]) => (cjk ? Array.from(text) : ` ${text} `)).flat();
}

/** The sentences of a text, trimmed, none empty. */
export function sentences(text) {
  return text.split(SENTENCE_END).flatMap((part) => part.match(TRIMMED)?.[0] ?? []);
}

/** Tells whether a word is one that is spelled: Latin letters, neither short nor endless. */
export function isCorrectable(word) {
  return CORRECTABLE.test(word);
}

/** Corrects one letter missing, added, changed or swapped, by leaving out one on both sides. */
export class Speller {
  #words;
  #near = new Map();

  constructor(words) {
    this.#words = new Set(words.filter(isCorrectable).sort());
    for (const word of this.#words) {
      for (const form of shortened(word)) {
        if (!this.#near.has(form)) this.#near.set(form, word);
      }
    }
  }

  /**
   * The known word that is one slip away and begins alike, or null for a known word or one too far
   * from any.
   */
  correct(word) {
    if (this.#words.has(word) || !isCorrectable(word)) return null;
    for (const form of shortened(word)) {
      const known = this.#near.get(form);
      if (known && known[0] === word[0] && isOneSlip(word, known)) return known;
    }
    return null;
  }
}

function* shortened(word) {
  yield word;
  for (let at = 0; at < word.length; at++) {
    yield word.slice(0, at) + word.slice(at + 1);
  }
}

/** Words that share a shortened form are at most two slips apart; keeps those one apart. */
function isOneSlip(word, known) {
  const [short, long] = word.length <= known.length ? [word, known] : [known, word];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const swapped = short.slice(at + 1, at + 2) + short.slice(at, at + 1) + short.slice(at + 2);
  return short.slice(at + 1) === long.slice(at + 1) || swapped === long.slice(at);
}
