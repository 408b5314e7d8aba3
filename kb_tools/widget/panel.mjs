// The box and the panel under it: what is open, which answer is shown in full, which option is
// active.

import { writeToClipboard } from "./page.mjs";
import { STYLES } from "./styles.mjs";
import { answerView, debounced, element, htmlLanguage, optionView, plainText } from "./view.mjs";

const ANNOUNCING = 500;
const COPIED = 2000;
const MARGIN = 8;
const WIDTH = 760;
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

function partOf(part, attributes = {}, ...children) {
  return element("div", { part, ...attributes }, ...children);
}

/**
 * The elements of one search box, in the shadow root of its host; `choose` is called with an answer
 * that is to be inserted.
 */
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
    panels += 1;
    this.#host = host;
    this.#choose = choose;
    this.id = `pkb-${panels}`;
    this.active = -1;
    this.#make();
    this.#root = host.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [styleSheet()];
    this.#root.append(this.all);
    this.empty();
  }

  #make() {
    const list = `${this.id}-list`;
    this.input = element("input", {
      part: "input",
      type: "text",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list,
      autocomplete: "off",
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
      enterkeyhint: "search",
    });
    this.clear = element("button", { part: "clear", type: "button", hidden: "" });
    this.list = partOf("list", { role: "listbox", id: list });
    this.answer = partOf("answer", { role: "group", "aria-labelledby": `${this.id}-title` });
    this.notes = partOf("notes");
    this.message = partOf("message");
    this.footer = partOf("footer");
    this.live = partOf("live", { role: "status" });
    this.answers = partOf("answers", {}, this.list, this.answer);
    const shown = [this.notes, this.answers, this.message, this.footer];
    this.panel = partOf("panel", { tabindex: "-1", hidden: "" }, ...shown);
    const icon = element("span", { part: "icon" });
    const box = partOf("box", {}, icon, this.input, this.clear);
    this.all = partOf("all", {}, box, this.panel, this.live);
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

  holds(node) {
    return this.#root.contains(node);
  }

  /** Say all that is always there in the reader's language. */
  relabel(label, language, placeholder) {
    this.all.lang = htmlLanguage(language);
    this.input.placeholder = placeholder;
    this.input.ariaLabel = placeholder;
    this.list.ariaLabel = label("widget-answers");
    this.clear.ariaLabel = label("widget-clear");
    this.clear.title = label("widget-clear");
  }

  /** Show answers, and what is said around them. */
  show({ answers = [], notes = [], message = [], footer = [] }, view) {
    this.#answers = answers;
    this.#view = view;
    for (const [name, children] of Object.entries({ notes, message, footer })) {
      this[name].replaceChildren(...children.flat(2).filter(Boolean));
      this[name].hidden = !this[name].hasChildNodes();
    }
    const options = answers.map((answer, place) => optionView(answer, `${this.id}-${place}`, view));
    this.list.replaceChildren(...options);
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
    for (const [at, option] of [...this.list.children].entries()) {
      option.toggleAttribute("data-shown", at === place);
    }
    const answer = this.answerShown;
    const actions = partOf("actions", {}, ...this.#buttons(answer));
    this.answer.replaceChildren(...answerView(answer, this.#view, `${this.id}-title`), actions);
  }

  #buttons(answer) {
    const { label, toShare } = this.#view;
    return [
      this.#host.hasAttribute("insert") && this.#button("insert", () => this.#choose(answer)),
      this.#copyButton("copy-text", () => plainText(toShare(answer), label)),
      ...this.#view.others(answer).map((language) => this.#copyIn(language, answer)),
      this.#copyButton("copy-link", () => toShare(answer).url),
    ];
  }

  /** A button that copies an answer as it is told in another language, which names itself. */
  #copyIn(language, answer) {
    const { label, textIn } = this.#view;
    const tag = htmlLanguage(language);
    const name = new Intl.DisplayNames(tag, { type: "language" }).of(tag);
    const made = this.#copyButton("copy-text", () => textIn(answer, language), name);
    made.lang = tag;
    made.ariaLabel = label("widget-copy-text") + label("colon") + name;
    return made;
  }

  #button(name, act, said = this.#view.label(`widget-${name}`)) {
    const made = element("button", { part: `button ${name}`, type: "button" }, said);
    made.addEventListener("click", () => act(made));
    return made;
  }

  #copyButton(name, textOf, said = this.#view.label(`widget-${name}`)) {
    return this.#button(name, (button) => this.#copy(textOf, button, said), said);
  }

  /** Copy a text, and say on the button for a moment whether that worked; then what it says. */
  async #copy(textOf, button, said) {
    const { label } = this.#view;
    const text = await Promise.resolve().then(textOf).catch(() => null);
    const isCopied = text !== null && await writeToClipboard(text, this.#root);
    button.textContent = label(isCopied ? "widget-copied" : "widget-not-copied");
    this.announce(button.textContent);
    const restore = () => {
      button.textContent = said;
    };
    setTimeout(restore, COPIED);
  }

  /** Make an option the active one, and show its answer; -1 is none. */
  activate(place) {
    this.active = place;
    const options = [...this.list.children];
    for (const [at, option] of options.entries()) {
      option.ariaSelected = String(at === place);
    }
    if (place < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", options[place].id);
    this.#detail(place);
    options[place].scrollIntoView({ block: "nearest" });
  }

  /**
   * Open where there is something to show: in the flow of the page, or above it while the box has
   * the focus.
   */
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
    const styles = getComputedStyle(this.#host);
    const room = document.documentElement.clientWidth - 2 * MARGIN;
    const wanted = parseFloat(styles.getPropertyValue("--pkb-panel-width")) || WIDTH;
    const width = Math.min(Math.max(box.width, wanted), room);
    const left = Math.max(MARGIN, Math.min(box.left, MARGIN + room - width));
    const height = window.visualViewport?.height ?? innerHeight;
    const space = Math.max(height - box.bottom - 2 * MARGIN, LEAST_HEIGHT);
    this.panel.style.setProperty("--_width", `${width}px`);
    this.panel.style.setProperty("--_shift", `${left - box.left}px`);
    this.panel.style.setProperty("--_space", `${space}px`);
  }
}
