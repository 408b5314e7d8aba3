// What the pages do by script, all of it small comfort: without JavaScript nothing is missing but
// this.
{
  const tools = document.querySelector(".kb-tools");

  // The day that is looked at: the one in the address, else today, by the reader's own calendar.
  const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
  const named = new URLSearchParams(location.search).get("as-of") ?? "";
  const asOf = DAY.test(named) ? named : null;
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const today = asOf ?? parts.map((part) => String(part).padStart(2, "0")).join("-");
  const saidDay = (day) => {
    const options = { dateStyle: "long", timeZone: "UTC" };
    return new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date(day));
  };

  // Material's script fetches a sitemap for every alternate link, and sends its own guess of a page
  // when a language is chosen. The links are the right ones already, so they are out of its sight
  // while it looks.
  const setAlternates = (rel) => {
    for (const link of document.querySelectorAll("link[hreflang]")) {
      link.rel = rel;
    }
  };
  window.addEventListener("DOMContentLoaded", () => setAlternates(""), { capture: true });
  window.addEventListener("DOMContentLoaded", () => setAlternates("alternate"));

  // The heading being read: the one in the address while it is less than a window away, else the
  // last one above the middle of the window.
  const reading = () => {
    const headings = [...document.querySelectorAll("article h2[id]")];
    const top = (heading) => heading.getBoundingClientRect().top;
    const named = headings.find((heading) => `#${heading.id}` === location.hash);
    if (named && Math.abs(top(named)) < innerHeight) return location.hash;
    const above = headings.filter((heading) => top(heading) < innerHeight / 2);
    return scrollY > 0 && above.length ? `#${above.pop().id}` : "";
  };

  // A language is chosen: go on at the same fact, or with the same question. The address is set
  // before a click, so that a new tab and "copy link" have it too.
  const languages = document.querySelector(".kb-languages");
  const keepPlace = () => {
    for (const link of languages.querySelectorAll("a")) {
      link.hash = location.hash.startsWith("#q=") ? location.hash : reading();
      link.search = asOf ? location.search : "";
    }
  };
  for (const moment of ["pointerover", "focusin", "click"]) {
    languages?.addEventListener(moment, keepPlace);
  }

  // "This has ended" shows from the day after the last one, "not yet in force" until the day before
  // the first one, "disputed" on the days on which the sources differ; the page itself never
  // changes.
  for (const note of document.querySelectorAll(".kb-past")) {
    note.classList.toggle("kb-past--shown", today > note.dataset.until);
  }
  for (const note of document.querySelectorAll(".kb-future")) {
    note.classList.toggle("kb-future--shown", today < note.dataset.from);
  }
  for (const note of document.querySelectorAll(".kb-disputed")) {
    const { from, agreedFrom, agreedUntil, until } = note.dataset;
    const beginning = from <= today && today < agreedFrom;
    const ending = agreedUntil < today && today <= until;
    note.classList.toggle("kb-disputed--shown", beginning || ending);
  }

  // A chosen day stays in the links of the site, in its boxes, and nowhere else.
  const chooser = tools?.querySelector(".kb-as-of");
  if (chooser) {
    const field = chooser.querySelector("input");
    field.value = asOf ?? "";
    field.addEventListener("change", () => {
      const { href } = location;
      const address = new URL(href);
      address.search = field.value ? new URLSearchParams({ "as-of": field.value }) : "";
      if (address.href !== href) location.assign(address);
    });
    chooser.addEventListener("submit", (event) => event.preventDefault());
  }
  if (asOf) {
    const isOurs = ({ origin, pathname, dataset }) =>
      origin === location.origin && !pathname.endsWith(".md") && !dataset.asOfToday;
    for (const link of document.querySelectorAll("a[href]")) {
      if (isOurs(link) && !link.getAttribute("href").startsWith("#")) link.search = location.search;
    }
    for (const box of document.querySelectorAll("policy-kb")) {
      box.setAttribute("as-of", asOf);
      box.setAttribute("more", `${box.getAttribute("more")}${location.search}`);
      box.addEventListener("policykb:select", (event) => {
        const [page, slug] = event.detail.answer.fact.split("/");
        const home = new URL(".", document.querySelector(".md-logo").href);
        event.preventDefault();
        location.assign(`${new URL(`${page}/`, home)}${location.search}#${slug}`);
      });
    }
    const note = document.createElement("p");
    note.className = "kb-as-of-note";
    const clear = document.createElement("a");
    clear.href = location.pathname + location.hash;
    clear.textContent = tools?.dataset.asOfToday ?? "";
    const said = tools?.dataset.asOfNote.replace("%(date)s", saidDay(asOf)) ?? "";
    note.append(said, " ", clear);
    document.body.append(note);
  }

  // On a small screen, with a keyboard on it, the answer has room only where the box is at the top.
  const box = document.querySelector(".kb-ask");
  box?.addEventListener("focusin", () => {
    if (matchMedia("(max-width: 44.9em)").matches) box.scrollIntoView({ block: "start" });
  });

  // What assistive technology reads: the current page, and headings without the sign of their link.
  document.querySelector("a.md-nav__link--active")?.setAttribute("aria-current", "page");
  for (const link of document.querySelectorAll("article .headerlink")) {
    const heading = link.parentElement;
    const title = heading.textContent.slice(0, -link.textContent.length).trim();
    heading.setAttribute("aria-label", title);
    link.setAttribute("aria-label", `${tools?.dataset.permalink ?? ""}: ${title}`);
  }

  // On paper: the day on which it was printed.
  const printed = document.querySelector(".kb-today");
  if (printed) {
    printed.textContent = saidDay(parts.map((p) => String(p).padStart(2, "0")).join("-"));
  }
  tools?.querySelector(".kb-print")?.addEventListener("click", () => print());

  // A downloaded copy, opened as a file: browsers load no modules there, so the page says why it
  // cannot be searched.
  const search = document.querySelector(".kb-search");
  if (location.protocol === "file:" && search) {
    const note = document.createElement("p");
    note.className = "kb-reported kb-from-file";
    note.textContent = search.dataset.fromFile;
    document.querySelector("article")?.prepend(note);
  }
}
