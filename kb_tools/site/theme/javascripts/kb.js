// What the pages do by script, all of it small comfort: without JavaScript nothing is missing but
// this.
{
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
    }
  };
  for (const moment of ["pointerover", "focusin", "click"]) {
    languages?.addEventListener(moment, keepPlace);
  }

  // "This has ended" shows from the day after the last one, "not yet in force" until the day before
  // the first one, "disputed" on the days on which the sources differ, by the reader's own
  // calendar; the page itself never changes.
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const today = parts.map((part) => String(part).padStart(2, "0")).join("-");
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
