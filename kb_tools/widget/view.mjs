// What the search box shows: texts, and elements that hold them as text. No HTML is ever parsed
// here.

import { LANGUAGES } from "./languages.mjs";

const BETWEEN = " · ";

/** A word that is said while no index is loaded; undefined for one that is not. */
export function early(key, language) {
  const [first] = Object.values(LANGUAGES);
  return LANGUAGES[language]?.words[key] ?? first.words[key];
}

/** The value of the attribute `lang` for a language of the index. */
export function htmlLanguage(language) {
  return LANGUAGES[language]?.html ?? language;
}

/**
 * The language of the list that suits a tag best: the same, or of the same family, else the first:
 * ("zh-Hans", ["en", "zh"]) is "zh".
 */
export function suited(tag, languages) {
  const family = (name) => name.toLowerCase().split(/[-_]/)[0];
  const same = languages.find((name) => name === tag);
  return same ?? languages.find((name) => family(name) === family(tag)) ?? languages[0];
}

/** A label with its values: ("until %(end)s", {end: "May"}) is "until May". */
export function fill(label, values = {}) {
  return label.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}

/** An ISO day in the words of a language. */
export function saidDay(day, label) {
  const [year, number, date] = day.split("-").map(Number);
  const month = label("months").split("|")[number - 1];
  return label("day", { year, month, number, day: date });
}

/**
 * A text in pieces, each with how it is set, or nothing where it is no value; marks count code
 * points, as Python does.
 */
export function segments(text, marks = []) {
  const characters = Array.from(text);
  const made = [];
  let at = 0;
  const add = (end, form) => {
    if (end > at) made.push({ text: characters.slice(at, end).join(""), form });
    at = Math.max(at, end);
  };
  const ordered = [...marks].sort((one, other) => one.start - other.start);
  for (const { start, end, form } of ordered) {
    if (start < at || end > characters.length) continue;
    add(start, "");
    add(end, form);
  }
  add(characters.length, "");
  return made;
}

/**
 * An answer as plain text, for a mail or a ticket: what it says, what limits it, its sources and
 * its address.
 */
export function plainText(answer, label) {
  const said = (key, text) => `${label(key)}${label("colon")}${text}`;
  const lines = [
    answer.status,
    answer.text,
    ...answer.conditions.map((condition) => said("conditions", condition)),
    answer.valid?.text && said("valid", answer.valid.text),
    answer.reported,
    ...answer.conflicts.map((other) => said("conflict", other.text)),
    said("sources", answer.cited.join(BETWEEN)),
    answer.url,
  ];
  return lines.filter(Boolean).join("\n");
}

/**
 * The address that a link may lead to, null for any scheme but the web's and the page's own; on the
 * site itself, its own copy of the page.
 */
export function linkTo(url, { base, site, language }) {
  try {
    const target = new URL(url, base);
    const at = site == null ? -1 : target.href.lastIndexOf(`/${language}/`);
    const found = at < 0 ? target : new URL(target.href.slice(at + 1), new URL(site, base));
    const allowed = ["http:", "https:", new URL(base).protocol];
    return allowed.includes(found.protocol) ? found.href : null;
  } catch {
    return null;
  }
}

/** An answer to pass on: on the site itself, with its own address where its host is an example. */
export function shareable(answer, options) {
  const isExample = /^https:\/\/([^/]+\.)?example(\.(com|net|org))?\//.test(answer.url);
  return isExample && options.site != null
    ? { ...answer, url: linkTo(answer.url, options) }
    : answer;
}

/**
 * Calls that come faster than `delay` milliseconds become one; `cancel` drops the one that waits,
 * `flush` makes it at once and tells whether there was one, as `isWaiting` does.
 */
export function debounced(call, delay) {
  let timer = 0;
  const cancel = () => {
    clearTimeout(timer);
    timer = 0;
  };
  const make = () => {
    timer = 0;
    call();
  };
  return {
    schedule() {
      cancel();
      timer = setTimeout(make, delay);
    },
    cancel,
    isWaiting() {
      return timer !== 0;
    },
    flush() {
      const waited = timer !== 0;
      cancel();
      if (waited) make();
      return waited;
    },
  };
}

/**
 * An element with attributes (those that are null or false are left out) and children, which are
 * elements or texts.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value != null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter(Boolean));
  return made;
}

/** A paragraph that is a part of its own. */
export function paragraph(part, ...children) {
  return element("p", { part }, ...children);
}

/** A piece of text: code as code, other values strong, the rest as it is. */
function piece({ text, form }) {
  if (!form) return text;
  if (form === "code") return element("code", { part: "code" }, text);
  return element("strong", { part: "value" }, text);
}

/**
 * An answer in one option of the list: title, topic and what is to be known before it is read,
 * statement.
 */
export function optionView(answer, id, { label }) {
  const lang = htmlLanguage(answer.language);
  const marks = [
    answer.status,
    answer.conflicts.length > 0 && label("conflict"),
    answer.reported && label("reported-title"),
  ].filter(Boolean);
  const words = (answer.matched?.text ?? "").split(" ");
  return element(
    "div",
    { id, role: "option", part: "option", "aria-selected": "false", lang },
    element("div", { part: "option-title" }, ...highlighted(answer.title, words)),
    element(
      "div",
      { part: "option-topic" },
      answer.topic,
      marks.length > 0 && element("span", { part: "option-marks" }, BETWEEN + marks.join(BETWEEN)),
    ),
    element("div", { part: "option-text" }, ...highlighted(answer.text, words)),
  );
}

/** A text in pieces, with words of a question in it marked; the words are folded. */
export function highlighted(text, words) {
  const characters = Array.from(text);
  const plain = characters.map(plainCharacter).join("");
  // short Latin words are articles and the like
  const isTelling = (word) => word && !/^(#|[a-z]{1,2}$)/.test(word);
  const wanted = words.filter(isTelling).map(escaped);
  if (!wanted.length || plain.length !== characters.length) return [text];
  const found = plain.matchAll(new RegExp(wanted.join("|"), "gu"));
  const pieces = [];
  let at = 0;
  for (const { 0: word, index } of found) {
    const end = index + word.length;
    if (index < at || !isWhole(plain, index, end)) continue;
    pieces.push(characters.slice(at, index).join(""));
    pieces.push(element("mark", {}, characters.slice(index, end).join("")));
    at = end;
  }
  return [...pieces, characters.slice(at).join("")].filter((piece) => piece !== "");
}

/** A character as the search reads it, always one: without accent, small, kana as katakana. */
function plainCharacter(character) {
  // without accents, but not without the marks that make another kana of one
  const [first] = character.normalize(character < "\u3000" ? "NFKD" : "NFKC").toLowerCase();
  const isHiragana = first >= "\u3041" && first <= "\u3096";
  return isHiragana ? String.fromCharCode(first.charCodeAt(0) + 0x60) : first;
}

function escaped(word) {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** Tells whether a stretch begins and ends with a Latin word, where it has one there. */
function isWhole(text, start, end) {
  const isInside = (at) => /[a-z0-9]{2}/.test(text.slice(at - 1, at + 1));
  return !isInside(start) && !isInside(end);
}

/**
 * A link to a fact as its title; text alone where the address may not be followed. `view` is
 * {label, language, href, target}.
 */
function titleLink(other, view, part = "link") {
  const href = view.href(other.url);
  const lang = other.language && htmlLanguage(other.language);
  if (!href) return element("span", { part, lang }, other.title);
  return element("a", { part, lang, href, target: view.target, rel: "noreferrer" }, other.title);
}

/** A twin, with its periods and dates: what it is told apart by. */
function twin(other, view) {
  const told = other.told_apart ?? [];
  const link = titleLink(other, view);
  if (!told.length) return [link];
  const values = told.join(view.label("semicolon"));
  const named = view.label("named", { title: "\0", values });
  const [before, after] = named.split("\0");
  return [before, link, after];
}

/** The twins of an answer in a row. */
function twins(others, view) {
  return others.flatMap((other, place) => [place > 0 && BETWEEN, ...twin(other, view)]);
}

/** The values of an answer with their labels, and how long it holds. */
function valuesView(answer, label) {
  const item = (name, said) => element("li", {}, name + label("colon"), said);
  const items = answer.values.map((said) => item(said.label, piece(said)));
  if (answer.valid?.text) items.push(item(label("valid"), answer.valid.text));
  return items.length > 0 && element("ul", { part: "values" }, items);
}

/** One answer in full. */
export function answerView(answer, view, id) {
  const { label } = view;
  const lang = htmlLanguage(answer.language);
  const led = (part, key, ...children) => {
    const lead = element("span", { part: "label" }, label(key) + label("colon"));
    return paragraph(part, lead, ...children);
  };
  const condition = (text) => led("condition", "conditions", element("span", { lang }, text));
  const conflict = (other) =>
    led("conflict", "conflict", titleLink(other, view), label("dash"), other.text);
  const confusable = answer.not_to_be_confused_with;
  return [
    element("p", { part: "title", id }, titleLink(answer, view, "title-link")),
    answer.status && paragraph("status-note", answer.status),
    answer.language !== view.language && paragraph("other-language", label("untranslated")),
    element("p", { part: "statement", lang }, ...segments(answer.text, answer.marks).map(piece)),
    valuesView(answer, label),
    ...answer.conditions.map(condition),
    answer.reported && paragraph("reported", answer.reported),
    ...answer.conflicts.map(conflict),
    confusable.length > 0 && led("twins", "twins", ...twins(confusable, view)),
    led("sources", "sources", answer.cited.join(BETWEEN)),
  ].filter(Boolean);
}

/**
 * What there is to say to a question, by the place in the panel: `suggested`, where nobody asked;
 * `more`, the address of all results, `found` how many there are; `alone`, where no server is
 * asked, `by` the label and the host that tell which one answered.
 */
export function replyView(reply, view, { suggested, more, found, alone, by }) {
  const { label } = view;
  const closest = reply.kind === "closest" && reply.answers.length > 0;
  const headed = headingOf(reply, label);
  const table = tableView(reply, (fact, title) => factLink(reply, { fact, title }, view));
  const corrected = Object.values(reply.corrected ?? {}).join(label("comma"));
  return {
    notes: [
      suggested && paragraph("suggested", label("widget-suggestions")),
      reply.answers.length > 0 && headed && paragraph("kind", headed),
      table,
      ...targetsView(reply, label, (target) => titleLink(target, view)),
      corrected && paragraph("corrected", label("searched-for", { words: corrected })),
      reply.as_of &&
      paragraph("as-of", label("in-force-on", { date: saidDay(reply.as_of, label) })),
    ],
    answers: reply.answers,
    message: [
      reply.kind === "none" && noAnswer(reply, view),
      closest && paragraph("where-to-ask", label("where-to-ask")),
      reply.not_in_force?.length > 0 && otherDays(reply, view),
    ],
    footer: [
      alone && element("span", { part: "private" }, label("home-private")),
      by && element("span", { part: "answered-by" }, label(by[0], { host: by[1] })),
      more &&
      element("a", { part: "more", href: more }, label("widget-all"), found > 0 && ` (${found})`),
    ],
  };
}

/** What is offered before anything is typed: usual questions, which `ask` asks, and topics. */
export function offersView({ usual, topics, base }, view, ask) {
  const { label } = view;
  const question = (text) => {
    const made = element("button", { part: "usual", type: "button" }, text);
    made.addEventListener("click", () => ask(text));
    return element("li", {}, made);
  };
  const topic = ([page, title]) =>
    element("li", {}, titleLink({ title, url: `${base}${page}/` }, view));
  return {
    message: [
      usual.length > 0 && paragraph("label", label("widget-usual")),
      usual.length > 0 && element("ul", { part: "offers" }, usual.map(question)),
      paragraph("label", label("home-topics")),
      element("ul", { part: "offers" }, Object.entries(topics).map(topic)),
    ],
  };
}

/** The line that tells what the facts of a reply are; null for plain answers. */
export function headingOf({ kind, count }, label) {
  const said = {
    choice: () => label("choice"),
    closest: () => label("closest"),
    compare: () => label("compare"),
    list: () => label("list", { n: count }),
    topic: () => label("topic", { n: count }),
  };
  return said[kind]?.() ?? null;
}

/** A link to a fact of a table, beside one whose address is known. */
function factLink({ answers }, { fact, title }, view) {
  const [known] = answers;
  const url = known.url.replace(known.fact.replace("/", "/#"), fact.replace("/", "/#"));
  return titleLink({ title, url }, view);
}

/** That there is no answer, what is nearest, and whom to ask. */
function noAnswer({ nearest }, view) {
  const { label } = view;
  const items = nearest.map((other) => element("li", {}, titleLink(other, view)));
  return [
    paragraph("no-answer", label("no-answer")),
    items.length > 0 && paragraph("label", label("nearest")),
    items.length > 0 && element("ul", { part: "nearest" }, items),
    paragraph("where-to-ask", label("where-to-ask")),
  ];
}

/** What does not hold on the day that was asked for. */
function otherDays(reply, view) {
  const { label } = view;
  const items = reply.not_in_force.map((answer) =>
    element("li", {}, titleLink(answer, view), label("dash"), answer.status)
  );
  return [
    paragraph("label", label("not-in-force", { date: saidDay(reply.as_of, label) })),
    element("ul", { part: "not-in-force" }, items),
  ];
}

/**
 * The table of a reply, null where it has no values to hold beside each other; `linkOf` makes a
 * link to a fact by its id and what it is called.
 */
export function tableView({ kind, table }, linkOf) {
  if (!table?.columns.length) return null;
  const made = kind === "compare" ? bySubject(table, linkOf) : byFact(table, linkOf);
  return element("div", { part: "table", tabindex: "0" }, made);
}

/** Where to read on, with what is said there; `linkOf` makes a link to a target. */
export function targetsView({ targets = [] }, label, linkOf) {
  return targets.flatMap((target) => [
    paragraph("target", `${label("see-also")}${label("colon")}`, linkOf(target)),
    target.text && paragraph("notice", target.text),
  ]);
}

function head(texts) {
  const cells = texts.map((text) => text ? element("th", { scope: "col" }, text) : element("td"));
  return element("thead", {}, element("tr", {}, cells));
}

function line(name, cells) {
  const made = cells.map((cell) => element("td", {}, cell));
  return element("tr", {}, element("th", { scope: "row" }, name), made);
}

function byFact({ columns, rows }, linkOf) {
  const lines = rows.map(({ fact, subject, cells }) => line(linkOf(fact, subject), cells));
  return element("table", {}, head(["", ...columns]), element("tbody", {}, lines));
}

function bySubject({ columns, rows }, linkOf) {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const of = (subject) => rows.filter((row) => row.subject === subject);
  const links = subjects.map((subject) => linkOf(of(subject)[0].fact, subject));
  const cell = (subject, at) => of(subject).map(({ cells }) => cells[at]).filter(Boolean);
  const lines = columns.map((column, at) =>
    line(column, subjects.map((subject) => cell(subject, at).join(" · ")))
  );
  return element("table", {}, head(["", ...links]), element("tbody", {}, lines));
}
