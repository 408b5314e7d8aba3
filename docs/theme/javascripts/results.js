// The page that shows many results of a question, by topic. The question is in the address, so that it can be shared.
const results = document.querySelector(".kb-results");
const widget = document.querySelector("script[type=module][integrity]");
if (results && widget) {
  const form = document.querySelector(".kb-search-form");
  const topics = new Map(results.dataset.topics.split("|").map((pair) => pair.split("=")));
  const language = location.pathname.split("/").reverse().find((part) => part.length === 2);
  const loading = import(widget.src).then(({ Engine }) => Engine.load(new URL(results.dataset.index, location.href).href));
  let chosen = "";

  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const statement = ({ text, marks = [], language: spoken }) => {
    const characters = [...text];
    const made = make("p", { className: "kb-statement" });
    let at = 0;
    for (const { start, end } of marks) {
      made.append(characters.slice(at, start).join(""), make("strong", {}, characters.slice(start, end).join("")));
      at = end;
    }
    made.append(characters.slice(at).join(""));
    if (spoken !== language) made.lang = spoken;
    return made;
  };

  const facets = (answers, again) => {
    const counts = new Map();
    for (const { fact } of answers) counts.set(fact.split("/")[0], (counts.get(fact.split("/")[0]) ?? 0) + 1);
    const button = (page, title, count) => {
      const made = make("button", { type: "button", className: "kb-facet", onclick: () => again(page) }, `${title} (${count})`);
      made.setAttribute("aria-pressed", String(page === chosen));
      return made;
    };
    const all = button("", results.dataset.all, answers.length);
    return make("div", { className: "kb-facets" }, all, ...[...counts].map(([page, count]) => button(page, topics.get(page) ?? page, count)));
  };

  const row = (answer) => {
    const [page, slug] = answer.fact.split("/");
    const link = make("a", { href: `../${page}/#${slug}` }, answer.title);
    const notes = [answer.status, answer.reported].filter(Boolean).map((note) => make("p", { className: "kb-reported" }, note));
    return make("section", { className: "kb-section" }, make("h2", {}, link), statement(answer), ...notes);
  };

  const show = async (question) => {
    results.replaceChildren();
    if (!question.trim()) return;
    try {
      const engine = await loading;
      const reply = await engine.ask(question, { language, limit: 30, near: 0.25 });
      const { labels } = await engine.entries(reply.language);
      if (!reply.answered) {
        const near = reply.nearest.slice(0, 5).map(({ fact, title }) => make("li", {}, make("a", { href: `../${fact.replace("/", "/#")}` }, title)));
        results.replaceChildren(make("p", {}, labels["no-answer"]), make("p", {}, labels.nearest), make("ul", {}, ...near), make("p", {}, labels["where-to-ask"]));
        return;
      }
      const draw = (page) => {
        chosen = page;
        const shown = reply.answers.filter(({ fact }) => !page || fact.startsWith(`${page}/`));
        results.replaceChildren(facets(reply.answers, draw), ...shown.map(row));
      };
      draw("");
    } catch (error) {
      results.replaceChildren(make("p", { role: "alert" }, String(error.message)));
    }
  };

  form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", `?${new URLSearchParams({ q: form.elements.q.value })}`);
    show(form.elements.q.value);
  });
  window.addEventListener("popstate", () => {
    form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
    show(form.elements.q.value);
  });
  show(form.elements.q.value);
}
