// What the search box shows: texts, and elements that hold them as text. No HTML is ever parsed here.

/** What is said while no index is loaded; the same texts as LABELS of kb_tools/labels.py and its catalogs. */
export const ERRORS = {
  en: {
    "widget-placeholder": "Ask a question",
    "widget-clear": "Clear",
    "widget-loading": "Loading the answers…",
    "widget-missing": "The answers could not be loaded.",
    "widget-version": "The answers are for another version: reload the page.",
    "widget-truncated": "The answers are incomplete: reload the page.",
    "widget-not-json": "The answers cannot be read: reload the page.",
    "widget-slow": "The answers are slow to load.",
  },
  fr: {
    "widget-placeholder": "Posez une question",
    "widget-clear": "Effacer",
    "widget-loading": "Chargement des réponses…",
    "widget-missing": "Les réponses n’ont pas pu être chargées.",
    "widget-version": "Les réponses sont d’une autre version : rechargez la page.",
    "widget-truncated": "Les réponses sont incomplètes : rechargez la page.",
    "widget-not-json": "Les réponses sont illisibles : rechargez la page.",
    "widget-slow": "Les réponses tardent à se charger.",
  },
  ja: {
    "widget-placeholder": "質問を入力",
    "widget-clear": "消去",
    "widget-loading": "回答を読み込んでいます…",
    "widget-missing": "回答を読み込めませんでした。",
    "widget-version": "回答のバージョンが異なります。ページを再読み込みしてください。",
    "widget-truncated": "回答のデータが不完全です。ページを再読み込みしてください。",
    "widget-not-json": "回答のデータを読み取れません。ページを再読み込みしてください。",
    "widget-slow": "回答の読み込みに時間がかかっています。",
  },
  zh: {
    "widget-placeholder": "输入问题",
    "widget-clear": "清除",
    "widget-loading": "正在加载答案…",
    "widget-missing": "无法加载答案。",
    "widget-version": "答案的版本不同，请重新加载页面。",
    "widget-truncated": "答案不完整，请重新加载页面。",
    "widget-not-json": "答案无法读取，请重新加载页面。",
    "widget-slow": "答案加载较慢。",
  },
};

/** The value of the attribute `lang` for a language of the index. */
export function htmlLanguage(language) {
  return language === "zh" ? "zh-Hans" : language;
}

/** The language of the list that suits a tag best: the same, or of the same family, else the first: ("zh-Hans", ["en", "zh"]) is "zh". */
export function suited(tag, languages) {
  const family = (name) => name.toLowerCase().split(/[-_]/)[0];
  return languages.find((name) => name === tag) ?? languages.find((name) => family(name) === family(tag)) ?? languages[0];
}

/** A label with its values: ("until %(end)s", {end: "May"}) is "until May". */
export function fill(label, values = {}) {
  return label.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}

/** A text in pieces, each with the kind of value that it is, or none; marks count code points, as Python does. */
export function segments(text, marks = []) {
  const characters = Array.from(text);
  const made = [];
  let at = 0;
  const add = (end, kind) => {
    if (end > at) made.push({ text: characters.slice(at, end).join(""), kind });
    at = Math.max(at, end);
  };
  for (const { start, end, kind } of [...marks].sort((one, other) => one.start - other.start)) {
    if (start < at || end > characters.length) continue;
    add(start, "");
    add(end, kind);
  }
  add(characters.length, "");
  return made;
}

/** The documents that an answer rests on, each once with its sections, as said in the reader's language. */
export function cited(sources, label) {
  const documents = new Map();
  for (const source of sources) documents.set(source.document, [...(documents.get(source.document) ?? []), source]);
  return [...documents.values()].map((group) =>
    label("cited", {
      title: group[0].title,
      sections: group.map((source) => source.section_title).join(label("comma")),
      kind: group[0].kind_text,
      received: group[0].received_text,
    }),
  );
}

/** An answer as plain text, for a mail or a ticket: what it says, what limits it, its sources and its address. */
export function plainText(answer, label) {
  const said = (key, text) => `${label(key)}${label("colon")}${text}`;
  return [
    answer.status,
    answer.text,
    ...answer.conditions.map((condition) => said("conditions", condition)),
    answer.valid?.text && said("valid", answer.valid.text),
    answer.reported,
    ...answer.conflicts.map((other) => said("conflict", other.text)),
    said("sources", cited(answer.sources, label).join(" · ")),
    answer.url,
  ]
    .filter(Boolean)
    .join("\n");
}

/** The address that a link may lead to, null for any scheme but the web's and the page's own; on the site itself, its own copy of the page. */
export function linkTo(url, { base, site, language }) {
  try {
    const target = new URL(url, base);
    const at = site == null ? -1 : target.href.lastIndexOf(`/${language}/`);
    const found = at < 0 ? target : new URL(target.href.slice(at + 1), new URL(site, base));
    return ["http:", "https:", new URL(base).protocol].includes(found.protocol) ? found.href : null;
  } catch {
    return null;
  }
}

/** Calls that come faster than `delay` milliseconds become one; `cancel` drops the one that waits, `flush` makes it at once and tells whether there was one. */
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
    flush() {
      const waited = timer !== 0;
      cancel();
      if (waited) make();
      return waited;
    },
  };
}

/** An element with attributes (those that are null or false are left out) and children, which are elements or texts. */
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

const CODE = new Set(["endpoint", "variable", "command", "parameter", "file"]);

/** A piece of text by its kind: code as code, other values strong, the rest as it is. */
function piece({ text, kind }) {
  if (!kind) return text;
  return CODE.has(kind) ? element("code", { part: "code" }, text) : element("strong", { part: "value" }, text);
}

/** An answer in one option of the list: title and statement. */
export function optionView(answer, id) {
  const lang = htmlLanguage(answer.language);
  return element(
    "div",
    { id, role: "option", part: "option", "aria-selected": "false", lang },
    element("div", { part: "option-title" }, answer.title),
    element("div", { part: "option-text" }, answer.text),
  );
}

/** A link to a fact as its title; text alone where the address may not be followed. `view` is {label, language, href, target}. */
function titleLink(other, view, part = "link") {
  const href = view.href(other.url);
  const lang = other.language && htmlLanguage(other.language);
  if (!href) return element("span", { part, lang }, other.title);
  return element("a", { part, lang, href, target: view.target, rel: "noreferrer" }, other.title);
}

/** A twin, with its periods and dates: what it is told apart by. */
function twin(other, view) {
  const told = (other.values ?? []).filter((said) => ["duration", "date"].includes(said.kind)).map((said) => said.text);
  const link = titleLink(other, view);
  if (!told.length) return [link];
  const [before, after] = view.label("named", { title: "\0", values: told.join(view.label("comma")) }).split("\0");
  return [before, link, after];
}

/** One answer in full. */
export function answerView(answer, view, id) {
  const { label } = view;
  const lang = htmlLanguage(answer.language);
  const led = (part, key, ...children) => paragraph(part, element("span", { part: "label" }, label(key) + label("colon")), ...children);
  const between = (items) => items.flatMap((item, place) => (place ? [" · ", ...item] : item));
  const values = answer.values.map((said) => [said.label, piece({ text: said.text, kind: said.kind })]);
  if (answer.valid?.text) values.push([label("valid"), answer.valid.text]);
  return [
    element("p", { part: "title", id }, titleLink(answer, view, "title-link")),
    answer.status && paragraph("status-note", answer.status),
    answer.language !== view.language && paragraph("other-language", label("untranslated")),
    element("p", { part: "statement", lang }, ...segments(answer.text, answer.marks).map(piece)),
    values.length > 0 && element("ul", { part: "values" }, values.map(([name, said]) => element("li", {}, name + label("colon"), said))),
    ...answer.conditions.map((condition) => led("condition", "conditions", element("span", { lang }, condition))),
    answer.reported && paragraph("reported", answer.reported),
    ...answer.conflicts.map((other) => led("conflict", "conflict", titleLink(other, view), label("colon"), other.text)),
    answer.not_to_be_confused_with.length > 0 && led("twins", "twins", ...between(answer.not_to_be_confused_with.map((other) => twin(other, view)))),
    led("sources", "sources", cited(answer.sources, label).join(" · ")),
  ].filter(Boolean);
}

/** What there is to say to a question, by the place in the panel: `suggested`, where nobody asked; `more`, the address of all results. */
export function replyView(reply, view, { suggested, more, private: alone }) {
  const { label } = view;
  const links = (part, others, after) => element("ul", { part }, others.map((other) => element("li", {}, titleLink(other, view), ...after(other))));
  const corrected = Object.values(reply.corrected ?? {}).join(label("comma"));
  const otherDays = reply.not_in_force ?? [];
  const none = !reply.answered && [
    paragraph("no-answer", label("no-answer")),
    reply.nearest.length > 0 && [paragraph("label", label("nearest")), links("nearest", reply.nearest, () => [])],
    paragraph("where-to-ask", label("where-to-ask")),
  ];
  return {
    notes: [
      suggested && paragraph("suggested", label("widget-suggestions")),
      corrected && paragraph("corrected", label("searched-for", { words: corrected })),
      reply.as_of && paragraph("as-of", label("in-force-on", { date: reply.as_of })),
    ],
    answers: reply.answers,
    message: [
      none,
      otherDays.length > 0 && paragraph("label", label("not-in-force", { date: reply.as_of })),
      otherDays.length > 0 && links("not-in-force", otherDays, (answer) => [label("colon"), answer.status]),
    ],
    footer: [alone && element("span", { part: "private" }, label("home-private")), more && element("a", { part: "more", href: more }, label("widget-all"))],
  };
}
