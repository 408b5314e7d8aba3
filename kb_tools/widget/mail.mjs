/**
 * Mail to what is asked in it: mirrors `kb_tools/search/mail.py`, whose patterns the index has.
 */

const LONGEST = 120;
const QUOTATION = /^\s*[>＞]/;
const LINE_END = /\r\n?|\n/;

/** Tells whether a text may be a mail, and not a question as it stands. */
export function isMail(text) {
  return LINE_END.test(text) || QUOTATION.test(text) || Array.from(text).length > LONGEST;
}

/** The part of a mail that somebody asks; empty where nobody does. */
export function askedIn(text, patterns) {
  const tells = (name, part) => patterns[name].test(part.toLowerCase());
  if (tells("automatic", text)) return "";
  if (!isMail(text)) return text;
  const lines = text.split(LINE_END);
  const isHistory = (line, at) =>
    tells("history", line) || (tells("header", line) && tells("next_header", lines[at + 1] ?? ""));
  const end = lines.findIndex(isHistory);
  const own = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !tells("quoted", line));
  if (lines.length === 1) return own.join("");
  const kept = paragraphs(own).filter((part) => !tells("small_print", part.join(" ")));
  const unsigned = withoutSignature(kept, (line) => tells("signature", line.trim()));
  return unsigned.map((part) => part.join("\n")).join("\n\n").trim();
}

function paragraphs(lines) {
  const found = [[]];
  for (const line of lines) {
    if (line.trim()) {
      found.at(-1).push(line);
    } else if (found.at(-1).length) {
      found.push([]);
    }
  }
  return found.filter((part) => part.length);
}

/** Without the signature, and the next paragraph where its line stands alone. */
function withoutSignature(parts, isSignature) {
  const found = [];
  let skip = false;
  for (const part of parts) {
    const sign = skip ? 0 : part.findIndex(isSignature);
    const kept = sign < 0 ? part : part.slice(0, sign);
    if (kept.length) found.push(kept);
    skip = !skip && sign >= 0 && sign === part.length - 1 && part[sign].trim() !== "--";
  }
  return found;
}
