// The page that shows many results of a question, by topic. The question is in the address, so that
// it can be shared: after the #, which no server receives.

const MOST = 30;
const MOST_NEAREST = 5;

// The share of the best score that a result must have: less than in the box, since whoever opens
// this page wants to look around.
const NEAR = 0.25;

// Milliseconds without a key: before a search, and before it is said that nothing was found.
const TYPING = 250;
const PAUSE = 1000;

// The day that is looked at, if not today; it stays in the address.
const [asOf] = new URLSearchParams(location.search).getAll("as-of")
  .filter((day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)));
const SEARCH = asOf ? `?as-of=${asOf}` : "";

const results = document.querySelector(".kb-results");
const widget = document.querySelector("script[type=module][integrity]");

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function linkTo({ fact, title }) {
  return make("a", { href: `../${fact.replace("/", `/${SEARCH}#`)}` }, title);
}

/** The address of a page on this copy of the site. */
function localAddress(url) {
  const { language } = results.dataset;
  return `../${url.slice(url.lastIndexOf(`/${language}/`) + language.length + 2)}`;
}

function asked(parameters) {
  return new URLSearchParams(parameters).get("q") ?? "";
}

function topicOf(parameters) {
  return new URLSearchParams(parameters).get("topic") ?? "";
}

function addressOf(question, topic = "") {
  const parameters = new URLSearchParams({ q: question, ...(topic && { topic }) });
  return `${location.pathname}${SEARCH}#${parameters}`;
}

function pageOf({ fact }) {
  return fact.split("/")[0];
}

/** The engine of the widget with the index of this site, and the parts that show replies alike. */
async function load() {
  const { Engine, ...parts } = await import(widget.src);
  const { index, language } = results.dataset;
  const engine = await Engine.load(new URL(index, location.href).href, { language });
  await engine.complete();
  return { engine, parts };
}

function statementOf({ text, marks, language }, segments) {
  const pieces = segments(text, marks);
  const shown = pieces.map((piece) => piece.form ? make("strong", {}, piece.text) : piece.text);
  const made = make("p", { className: "kb-statement" }, ...shown);
  if (language !== results.dataset.language) made.lang = language;
  return made;
}

/** What limits an answer, and what contradicts it. */
function notesOf({ status, conditions, reported, conflicts }, labels) {
  const led = (key, ...children) => [`${labels[key]}${labels.colon}`, ...children];
  const notes = [
    status && [status],
    ...conditions.map((condition) => led("conditions", condition)),
    ...conflicts.map((other) => led("conflict", linkTo(other), labels.dash, other.text)),
    reported && [reported],
  ];
  return notes.filter(Boolean).map((note) => make("p", { className: "kb-reported" }, ...note));
}

function resultOf(answer, segments, labels) {
  const title = make("h2", {}, linkTo(answer));
  return make(
    "section",
    { className: "kb-section" },
    title,
    statementOf(answer, segments),
    ...notesOf(answer, labels),
  );
}

/** The buttons that choose a topic, with the number of its results; "" is all of them. */
function facetsOf(answers, chosen, choose) {
  const { all, topics } = results.dataset;
  const titles = new Map(Object.entries(JSON.parse(topics)));
  const counts = new Map();
  for (const page of answers.map(pageOf)) {
    counts.set(page, (counts.get(page) ?? 0) + 1);
  }
  const button = (page, title, count) => {
    const properties = { type: "button", className: "kb-facet", onclick: () => choose(page) };
    const made = make("button", properties, `${title} (${count})`);
    made.setAttribute("aria-pressed", String(page === chosen));
    return made;
  };
  const pages = [...counts].map(([page, count]) => button(page, titles.get(page) ?? page, count));
  return make("div", { className: "kb-facets" }, button("", all, answers.length), ...pages);
}

/** What would answer, but did not hold on the day that is looked at. */
function otherDays({ not_in_force: others = [] }, { fill, segments }, labels) {
  if (!others.length) return [];
  const options = { dateStyle: "long", timeZone: "UTC" };
  const { lang } = document.documentElement;
  const date = new Intl.DateTimeFormat(lang, options).format(new Date(asOf));
  const heading = make("p", { className: "kb-heading" }, fill(labels["not-in-force"], { date }));
  return [heading, ...others.map((answer) => resultOf(answer, segments, labels))];
}

function showAnswers(reply, widget, labels, chosen) {
  const { answers } = reply;
  const choose = (page) => {
    history.replaceState(null, "", addressOf(reply.question, page));
    showAnswers(reply, widget, labels, page);
    results.querySelector(".kb-facet[aria-pressed=true]").focus();
  };
  const shown = answers.filter((answer) => !chosen || pageOf(answer) === chosen);
  const sections = shown.map((answer) => resultOf(answer, widget.segments, labels));
  const label = (key, { n } = {}) => labels[key].replace("%(n)s", n);
  const heading = widget.headingOf(reply, label);
  const table = widget.tableView(reply, (fact, title) => linkTo({ fact, title }));
  if (table) table.className = "kb-table";
  const targets = widget.targetsView(
    reply,
    (key) => labels[key],
    ({ title, url }) => make("a", { href: localAddress(url) }, title),
  );
  results.replaceChildren(
    ...(heading ? [make("p", { className: "kb-heading" }, heading)] : []),
    ...(table ? [table] : []),
    ...targets.filter(Boolean),
    ...(answers.length ? [facetsOf(answers, chosen, choose)] : []),
    ...sections,
    ...otherDays(reply, widget, labels),
  );
}

function showNearest(nearest, labels) {
  const items = nearest.slice(0, MOST_NEAREST).map((other) => make("li", {}, linkTo(other)));
  results.replaceChildren(
    make("p", {}, labels["no-answer"]),
    make("p", {}, labels.nearest),
    make("ul", {}, ...items),
    make("p", {}, labels["where-to-ask"]),
  );
}

function showUsual({ usual, labels }) {
  const linked = (question) => make("a", { href: addressOf(question) }, question);
  const items = usual.map((question) => make("li", {}, linked(question)));
  results.replaceChildren(
    ...(items.length ? [make("p", {}, labels["widget-usual"]), make("ul", {}, ...items)] : []),
  );
}

const TITLE = document.title;
let turn = 0;

/** Show what there is to a question; while it is typed, that nothing was found waits. */
async function show(question, loading, isTyping = false) {
  const mine = ++turn;
  document.title = question.trim() ? `${question.trim()} – ${TITLE}` : TITLE;
  try {
    const { engine, parts } = await loading;
    const { language } = results.dataset;
    if (!question.trim()) {
      const edition = await engine.entries(language);
      if (mine === turn) showUsual(edition);
      return;
    }
    const reply = await engine.ask(question, { language, limit: MOST, near: NEAR, asOf });
    const { labels } = await engine.entries(reply.language);
    if (mine !== turn) return;
    if (reply.kind === "none" && isTyping) {
      setTimeout(() => mine === turn && showNearest(reply.nearest, labels), PAUSE - TYPING);
    } else if (reply.kind === "none") {
      showNearest(reply.nearest, labels);
    } else {
      const topic = topicOf(location.hash.slice(1));
      const isThere = reply.answers.some((answer) => pageOf(answer) === topic);
      showAnswers(reply, parts, labels, isThere ? topic : "");
    }
  } catch (error) {
    if (mine !== turn) return;
    const said = error.code === "empty" ? [] : [make("p", { role: "alert" }, error.message)];
    results.replaceChildren(...said);
  }
}

if (results && widget) {
  const form = document.querySelector(".kb-search-form");
  const field = form.querySelector("input");
  const loading = load();
  const showAddress = () => {
    field.value = asked(location.hash.slice(1));
    show(field.value, loading);
  };
  let typing = 0;
  field.addEventListener("input", ({ isComposing }) => {
    clearTimeout(typing);
    if (isComposing) return;
    typing = setTimeout(() => {
      history.replaceState(null, "", addressOf(field.value));
      show(field.value, loading, true);
    }, TYPING);
  });
  field.addEventListener("compositionend", () => field.dispatchEvent(new InputEvent("input")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    history.pushState(null, "", addressOf(field.value));
    show(field.value, loading);
  });
  window.addEventListener("hashchange", showAddress);
  // a link of an earlier version: what it sent is sent, but nobody is to share it further
  if (asked(location.search)) history.replaceState(null, "", addressOf(asked(location.search)));
  showAddress();
}
