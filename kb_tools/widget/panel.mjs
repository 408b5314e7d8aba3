// The box and the panel under it: what is open, which answer is shown in full, which option is active.

import { writeToClipboard } from "./page.mjs";
import { answerView, debounced, element, htmlLanguage, optionView, plainText } from "./view.mjs";
import { STYLES } from "./styles.mjs";

const ANNOUNCING = 500;
const COPIED = 2000;
const MARGIN = 8;
const LEAST_HEIGHT = 200;

let sheet = null;
let panels = 0;

/** The style sheet that all search boxes share. */
function styleSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
  }
  return sheet;
}

/** The elements of one search box, in the shadow root of its host; `choose` is called with an answer that is to be inserted. */
export class Panel {
  #host;
  #root;
  #choose;
  #answers = [];
  #view = null;
  #shown = -1;
  #news = [];
  #telling = debounced(() => this.live.replaceChildren(...this.#news), ANNOUNCING);

  constructor(host, choose) {
    this.#host = host;
    this.#choose = choose;
    this.id = `pkb-${++panels}`;
    this.active = -1;
    const part = (name, attributes, ...children) => (this[name] = element(attributes?.type === "text" ? "input" : "div", { part: name, ...attributes }, ...children));
    part("input", {
      type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${this.id}-list`,
      autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "search",
    });
    this.clear = element("button", { part: "clear", type: "button", hidden: "" });
    part("list", { role: "listbox", id: `${this.id}-list` });
    part("answer", { role: "group", "aria-labelledby": `${this.id}-title` });
    for (const name of ["notes", "message", "footer"]) part(name);
    part("answers", {}, this.list, this.answer);
    part("panel", { tabindex: "-1", hidden: "" }, this.notes, this.answers, this.message, this.footer);
    part("live", { role: "status" });
    part("all", {}, element("div", { part: "box" }, element("span", { part: "icon" }), this.input, this.clear), this.panel, this.live);
    this.#root = host.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [styleSheet()];
    this.#root.append(this.all);
    this.empty();
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  get count() {
    return this.#answers.length;
  }

  /** The answer that is shown in full. */
  get answerShown() {
    return this.#answers[this.#shown];
  }

  holds(element) {
    return this.#root.contains(element);
  }

  /** Say all that is always there in the reader's language. */
  relabel(label, language, placeholder) {
    this.all.lang = htmlLanguage(language);
    this.input.placeholder = placeholder;
    this.input.ariaLabel = placeholder;
    this.list.ariaLabel = label("widget-answers");
    this.clear.ariaLabel = this.clear.title = label("widget-clear");
  }

  /** Show answers, and what is said around them. */
  show({ answers = [], notes = [], message = [], footer = [] }, view) {
    this.#answers = answers;
    this.#view = view;
    for (const [name, children] of Object.entries({ notes, message, footer })) {
      this[name].replaceChildren(...children.flat(2).filter(Boolean));
      this[name].hidden = !this[name].hasChildNodes();
    }
    this.list.replaceChildren(...answers.map((answer, place) => optionView(answer, `${this.id}-${place}`)));
    this.answers.hidden = !answers.length;
    this.#shown = -1;
    if (answers.length) this.#detail(0);
    this.activate(-1);
  }

  empty() {
    this.show({});
    this.announce();
    this.close();
  }

  /** Tell what changed to those who do not see it, once typing pauses. */
  announce(...news) {
    this.#news = news;
    this.#telling.schedule();
  }

  #detail(place) {
    if (place === this.#shown) return;
    this.#shown = place;
    [...this.list.children].forEach((option, at) => option.toggleAttribute("data-shown", at === place));
    const answer = this.answerShown;
    this.answer.replaceChildren(...answerView(answer, this.#view, `${this.id}-title`), element("div", { part: "actions" }, ...this.#buttons(answer)));
  }

  #buttons(answer) {
    const { label } = this.#view;
    const button = (name, act) => {
      const made = element("button", { part: `button ${name}`, type: "button" }, label(`widget-${name}`));
      made.addEventListener("click", () => act(made));
      return made;
    };
    const copy = (text) => async (made) => {
      const before = (made.name ||= made.textContent);
      made.textContent = label((await writeToClipboard(text, this.#root)) ? "widget-copied" : "widget-not-copied");
      this.announce(made.textContent);
      setTimeout(() => (made.textContent = before), COPIED);
    };
    return [
      this.#host.hasAttribute("insert") && button("insert", () => this.#choose(answer)),
      button("copy-text", copy(plainText(answer, label))),
      button("copy-link", copy(answer.url)),
    ];
  }

  /** Make an option the active one, and show its answer; -1 is none. */
  activate(place) {
    this.active = place;
    const options = [...this.list.children];
    options.forEach((option, at) => (option.ariaSelected = String(at === place)));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", options[place].id);
    this.#detail(place);
    options[place].scrollIntoView({ block: "nearest" });
  }

  /** Open where there is something to show: in the flow of the page, or above it while the box has the focus. */
  open(inline) {
    if (this.answers.hidden && this.message.hidden) return;
    if (!inline && !this.#root.activeElement) return;
    this.panel.hidden = false;
    this.panel.toggleAttribute("data-inline", inline);
    this.input.ariaExpanded = String(!this.answers.hidden);
    this.place();
  }

  close() {
    this.panel.hidden = true;
    this.input.ariaExpanded = "false";
    this.activate(-1);
  }

  /** Keep the panel within the window. */
  place() {
    if (!this.isOpen || this.panel.hasAttribute("data-inline")) return;
    const box = this.#host.getBoundingClientRect();
    const room = document.documentElement.clientWidth - 2 * MARGIN;
    const wanted = parseFloat(getComputedStyle(this.#host).getPropertyValue("--pkb-panel-width")) || 760;
    const width = Math.min(Math.max(box.width, wanted), room);
    const shift = Math.max(MARGIN, Math.min(box.left, MARGIN + room - width)) - box.left;
    const space = Math.max((window.visualViewport?.height ?? innerHeight) - box.bottom - 2 * MARGIN, LEAST_HEIGHT);
    for (const [name, value] of Object.entries({ width, shift, space })) this.panel.style.setProperty(`--_${name}`, `${value}px`);
  }
}
