// What the pages do by script, all of it small comfort: without JavaScript nothing is missing but this.
{
  // Material's script fetches a sitemap for every alternate link, and sends its own guess of a page when a language is chosen.
  // The links are the right ones already, so they are out of its sight while it looks.
  function alternates(rel) {
    return () => document.querySelectorAll("link[hreflang]").forEach((link) => { link.rel = rel; });
  }
  window.addEventListener("DOMContentLoaded", alternates(""), { capture: true });
  window.addEventListener("DOMContentLoaded", alternates("alternate"));

  // The heading being read: the one in the address while it is less than a window away, else the last one above the middle of the window.
  function reading() {
    const headings = [...document.querySelectorAll("article h2[id]")];
    const top = (heading) => heading.getBoundingClientRect().top;
    const named = headings.find((heading) => `#${heading.id}` === location.hash);
    if (named && Math.abs(top(named)) < innerHeight) return location.hash;
    const above = headings.filter((heading) => top(heading) < innerHeight / 2);
    return scrollY > 0 && above.length ? `#${above.pop().id}` : "";
  }

  // A language is chosen: go on at the same fact. The address is set before a click, so that a new tab and "copy link" have it too.
  const languages = document.querySelector(".kb-languages");
  for (const moment of ["pointerover", "focusin", "click"]) {
    languages?.addEventListener(moment, () => languages.querySelectorAll("a").forEach((link) => { link.hash = reading(); }));
  }

  // "This has ended" shows from the day after the last one, by the reader's own calendar; the page itself never changes.
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  document.querySelectorAll("[data-until]").forEach((note) => note.classList.toggle("kb-past--shown", today > note.dataset.until));

  // A downloaded copy, opened as a file: browsers load no modules there, so the page says why it cannot be searched.
  const search = document.querySelector(".kb-search");
  if (location.protocol === "file:" && search) {
    const note = document.createElement("p");
    note.className = "kb-reported kb-from-file";
    note.textContent = search.dataset.fromFile;
    document.querySelector("article")?.prepend(note);
  }
}
