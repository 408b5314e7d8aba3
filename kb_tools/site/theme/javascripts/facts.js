// What can be done with a fact at its place: its text copied, in each language of the site, its
// link copied, a problem with it reported.

const SAID = 2000;
const tools = document.querySelector(".kb-tools");
const widget = document.querySelector("script[type=module][integrity]");

let loading = null;

/** The engine of the search box, loaded once it is needed. */
function load(language) {
  loading ??= import(widget.src).then(async ({ Engine, ...parts }) => {
    const address = new URL(tools.dataset.index, location.href).href;
    return { engine: await Engine.load(address, { language }), ...parts };
  });
  return loading;
}

/** The languages of the site: code, tag and name, the page's own first. */
function languages() {
  const links = [...document.querySelectorAll(".kb-languages a[hreflang]")];
  const found = links.map((link) => ({
    code: link.pathname.split("/").at(link.pathname.includes(page()) ? -3 : -2),
    tag: link.hreflang,
    name: link.textContent.trim(),
    isOwn: link.hasAttribute("aria-current"),
  }));
  return found.sort((one, other) => Number(other.isOwn) - Number(one.isOwn));
}

function page() {
  return location.pathname.split("/").at(-2);
}

/** The address of a fact on the copy of the site that is being read. */
function addressOf(slug) {
  return `${location.origin}${location.pathname}#${slug}`;
}

async function textOf(slug, { code }, own) {
  const { engine, plainText, fill } = await load(own.code);
  const { labels } = await engine.entries(code);
  const told = await engine.fact(`${page()}/${slug}`, code);
  const url = addressOf(slug).replace(`/${own.code}/${page()}/`, `/${code}/${page()}/`);
  return plainText({ ...told, url }, (key, values) => fill(labels[key], values));
}

async function copied(text) {
  const { writeToClipboard } = await load();
  return writeToClipboard(text, document.body);
}

function button(text, lang, act) {
  const made = Object.assign(document.createElement("button"), { type: "button" });
  made.textContent = text;
  if (lang) made.lang = lang;
  made.addEventListener("click", async () => {
    const isDone = await act().then(copied).catch(() => false);
    made.textContent = isDone ? tools.dataset.copied : tools.dataset.notCopied;
    setTimeout(() => Object.assign(made, { textContent: text }), SAID);
  });
  return made;
}

/** A mail or a form with what names the fact, for the reader's own words. */
function reportLink(slug, own) {
  const { report, reportTo, version } = tools.dataset;
  const said = { fact: `${page()}/${slug}`, language: own.code, version };
  const lines = Object.entries(said).map(([key, value]) => `${key}: ${value}`).join("\n");
  const link = document.createElement("a");
  const isForm = reportTo.startsWith("https://");
  const form = () => {
    const address = new URL(reportTo);
    for (const [key, value] of Object.entries(said)) address.searchParams.set(key, value);
    return address.href;
  };
  const subject = encodeURIComponent(said.fact);
  const mail = `mailto:${reportTo}?subject=${subject}&body=${encodeURIComponent(`${lines}\n\n`)}`;
  link.href = isForm ? form() : mail;
  link.textContent = report;
  return link;
}

function equip(heading) {
  const { actions, copyText, copyLink, reportTo } = tools.dataset;
  const details = document.createElement("details");
  details.className = "kb-actions";
  const summary = document.createElement("summary");
  summary.textContent = "⋯";
  summary.setAttribute("aria-label", `${actions}: ${heading.getAttribute("aria-label")}`);
  details.append(summary);
  details.addEventListener("toggle", () => {
    const known = languages();
    if (!details.open || details.querySelector("div") || !known.length) return;
    const [own, ...others] = known;
    load(own.code).catch(() => {});
    const list = document.createElement("div");
    list.append(
      button(copyText, "", () => textOf(heading.id, own, own)),
      ...others.map((each) => button(each.name, each.tag, () => textOf(heading.id, each, own))),
      button(copyLink, "", () => Promise.resolve(addressOf(heading.id))),
      ...(reportTo ? [reportLink(heading.id, own)] : []),
    );
    for (const [number, each] of others.entries()) {
      list.children[number + 1].setAttribute("aria-label", `${copyText}: ${each.name}`);
    }
    details.append(list);
  });
  details.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    details.open = false;
    summary.focus();
  });
  heading.after(details);
}

if (tools && widget) {
  for (const heading of document.querySelectorAll(".kb-section > .kb-fact")) equip(heading);
  document.addEventListener("click", ({ target }) => {
    for (const open of document.querySelectorAll(".kb-actions[open]")) {
      if (!open.contains(target)) open.open = false;
    }
  });
}
