// <policy-kb>: a search box that shows answers, in a page or in a help desk. What it shows is made in view.mjs.

import { Engine } from "./engine.mjs";
import { Panel } from "./panel.mjs";
import { ERRORS, debounced, element, fill, htmlLanguage, linkTo, paragraph, plainText, replyView, suited } from "./view.mjs";
import { LOADS, askServer, follow, insertInto, isShortcut, nearestLanguage, quietFetch, watchedText } from "./page.mjs";

const TYPING = 60;
const LOADING_SHOWN = 300;
const SLOW = 8000;
const LONGEST_ADDRESS = 2000;

/** The search box; its events are `policykb:ready`, `policykb:answers`, `policykb:select` (cancelable) and `policykb:error`. */
export class PolicyKb extends HTMLElement {
  static observedAttributes = ["src", "api", "lang", "as-of", "limit", "placeholder", "watch"];

  #panel = new Panel(this, (answer) => this.#choose(answer));
  #labels = {};
  #language = null;
  #languages = Object.keys(ERRORS);
  #load = null;
  #reply = null;
  #asked = "";
  #watched = "";
  #turn = 0;
  #asking = null;
  #listening = null;
  #watching = null;
  #typing = debounced(() => this.#search(), TYPING);
  #say = (key, values) => fill(this.#labels[key] ?? ERRORS[this.#language]?.[key] ?? ERRORS.en[key] ?? key, values);

  constructor() {
    super();
    const { input, all, clear, list, panel } = this.#panel;
    input.addEventListener("input", (event) => this.#typed(event));
    input.addEventListener("compositionstart", () => this.#typing.cancel());
    input.addEventListener("compositionend", () => this.#typed());
    input.addEventListener("focus", () => this.#focused());
    input.addEventListener("click", () => this.#open());
    all.addEventListener("keydown", (event) => this.#pressed(event));
    all.addEventListener("focusout", (event) => event.relatedTarget && !this.#panel.holds(event.relatedTarget) && this.#close());
    clear.addEventListener("click", () => this.#clear());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    panel.addEventListener("click", (event) => this.#clicked(event));
  }

  connectedCallback() {
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal, passive: true };
    document.addEventListener("pointerdown", (event) => event.composedPath().includes(this) || this.#close(), options);
    const select = () => this.#panel.input.select();
    document.addEventListener("keydown", (event) => this.hasAttribute("shortcuts") && isShortcut(event) && (event.preventDefault(), this.focus(), select()), { signal: options.signal });
    for (const [target, name] of [[window, "resize"], [window, "scroll"], [window.visualViewport, "resize"]]) target?.addEventListener(name, () => this.#panel.place(), options);
    this.#relabel();
    this.#watch();
    if (this.value) this.#typing.schedule();
  }

  disconnectedCallback() {
    this.#turn++;
    this.#asked = "";
    this.#listening.abort();
    this.#watching?.abort();
    this.#asking?.abort();
    this.#typing.cancel();
    this.#leave();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    if (name === "src") this.#leave();
    if (name === "watch") this.#watch();
    this.#relabel();
    this.#asked = "";
    if (this.#question()) this.#typing.schedule();
  }

  /** What is typed in the box; setting it asks. */
  get value() {
    return this.#panel.input.value;
  }

  set value(text) {
    this.#panel.input.value = text;
    this.#typed();
  }

  focus(options) {
    this.#panel.input.focus(options);
  }

  /** The reply to a question, and the labels to show it with; a page may override it with a source of its own. */
  async ask(question, { signal } = {}) {
    const limit = Math.min(Math.max(parseInt(this.getAttribute("limit"), 10) || 3, 1), 10);
    const asOf = this.getAttribute("as-of");
    if (this.hasAttribute("api")) {
      const lang = suited(nearestLanguage(this), this.#languages);
      return askServer(this.getAttribute("api"), { q: question.slice(0, LONGEST_ADDRESS), lang, limit, as_of: asOf, labels: 1 }, signal);
    }
    const engine = await this.#engine();
    const language = suited(nearestLanguage(this), engine.languages);
    const [{ labels }, reply] = await Promise.all([engine.entries(language), engine.ask(question, { language, limit, asOf })]);
    return { reply, labels };
  }


  /** The engine of `src`, which boxes of the same `src` share. */
  #engine() {
    if (this.#load?.failed) this.#leave();
    if (!this.#load) {
      const source = new URL(this.getAttribute("src") ?? "", document.baseURI).href;
      const load = (this.#load = LOADS.join(source, (signal) => Engine.load(source, { fetch: quietFetch, signal })));
      load.engine.then(({ languages }) => {
        if (load !== this.#load) return;
        this.#languages = languages;
        this.#dispatch("ready", { languages, language: suited(nearestLanguage(this), languages) });
      }, () => {});
    }
    return this.#load.engine;
  }

  #leave() {
    if (this.#load) LOADS.leave(this.#load);
    this.#load = null;
  }

  #dispatch(name, detail) {
    return this.dispatchEvent(new CustomEvent(`policykb:${name}`, { detail, cancelable: name === "select", bubbles: true, composed: true }));
  }

  #relabel(labels) {
    const language = suited(nearestLanguage(this), this.#languages);
    if (labels || language !== this.#language) this.#labels = labels ?? {};
    this.#language = language;
    this.#panel.relabel(this.#say, language, this.getAttribute("placeholder") ?? this.#say("widget-placeholder"));
  }

  #question = () => this.value.trim() || this.#watched;

  #typed(event) {
    this.#panel.clear.hidden = !this.value;
    if (!event?.isComposing) this.#typing.schedule();
  }

  #focused() {
    if (!this.hasAttribute("api")) this.#engine().catch(() => {});
    this.#open();
  }

  async #search() {
    const question = this.#question();
    if (question && question === this.#asked) return this.#open();
    const turn = ++this.#turn;
    const last = () => turn === this.#turn;
    this.#asking?.abort();
    this.#asking = new AbortController();
    this.#asked = question;
    if (!question) return this.#panel.empty();
    const waiting = [setTimeout(() => last() && this.#tell("loading"), LOADING_SHOWN), setTimeout(() => last() && this.#fail({ code: "slow" }), SLOW)];
    try {
      const { reply, labels } = await this.ask(question, this.#asking);
      if (last()) this.#show(reply, labels);
    } catch (error) {
      if (!last()) return;
      this.#asked = "";
      this.#fail(error);
    } finally {
      waiting.forEach(clearTimeout);
    }
  }

  #fail(error) {
    if (error.code === "empty") return this.#panel.empty();
    const code = ERRORS.en[`widget-${error.code}`] ? error.code : "missing";
    this.#tell(code, "error");
    this.#dispatch("error", { code, message: this.#say(`widget-${code}`), error });
  }

  /** Show one sentence in place of answers. */
  #tell(key, part = key) {
    const text = this.#say(`widget-${key}`);
    this.#panel.show({ message: [paragraph(part, text)] });
    this.#panel.announce(text);
    this.#open();
  }

  get #view() {
    const target = this.getAttribute("result-links") === "new" && "_blank";
    const href = (url) => linkTo(url, { base: document.baseURI, site: this.getAttribute("site"), language: this.#language });
    return { label: this.#say, language: this.#language, target, href };
  }

  #show(reply, labels) {
    this.#relabel(labels);
    this.#reply = reply;
    const suggested = !this.value.trim();
    if (suggested && !reply.answered) return this.#panel.empty();
    const more = this.value.trim() && this.#more();
    const view = this.#view;
    this.#panel.show(replyView(reply, view, { suggested, more, private: !this.hasAttribute("api") }), view);
    const [first] = reply.answers;
    const found = first && element("span", { lang: htmlLanguage(first.language) }, ` ${first.title}${this.#say("colon")}${first.text}`);
    this.#panel.announce(...(found ? [this.#say("widget-results", { n: reply.answers.length }), found] : [this.#say("no-answer")]));
    this.#open();
    this.#dispatch("answers", { reply });
  }

  /** The address of the page of all results, where there is one. */
  #more() {
    const address = this.hasAttribute("more") && new URL(this.getAttribute("more"), document.baseURI);
    if (address) address.searchParams.set("q", this.value.trim().slice(0, LONGEST_ADDRESS));
    return address?.href;
  }

  get #inline() {
    return this.hasAttribute("inline") || this.hasAttribute("watch");
  }

  #open = () => this.#panel.open(this.#inline);
  #close = () => this.#inline || this.#panel.close();

  #clear() {
    this.value = "";
    this.focus();
  }

  #pressed(event) {
    const { key, target } = event;
    const { input, count, active, isOpen } = this.#panel;
    if (event.isComposing || event.keyCode === 229) return;
    const move = (place) => {
      this.#open();
      this.#panel.activate(place);
    };
    if (key === "Escape" && isOpen && !this.#inline) {
      this.focus();
      this.#close();
    } else if (target !== input || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    else if (key === "Escape" && this.value) this.#clear();
    else if (key === "ArrowDown" && count) move((active + 1) % count);
    else if (key === "ArrowUp" && count) move(active > 0 ? active - 1 : count - 1);
    else if (key === "Home" && active >= 0) move(0);
    else if (key === "End" && active >= 0) move(count - 1);
    else if (key === "Enter") this.#typing.flush() || (isOpen && count && this.#choose(this.#panel.answerShown));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** An option shows its answer; the link of an answer is a choice, which the page may prevent. */
  #clicked(event) {
    const option = event.target.closest("[role=option]");
    if (option) return this.#panel.activate([...option.parentNode.children].indexOf(option));
    const link = event.target.closest("a");
    if (link?.part.contains("title-link") && !this.#selected(this.#panel.answerShown)) event.preventDefault();
    else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.#close();
  }

  #selected(answer) {
    return this.#dispatch("select", { answer, text: plainText(answer, this.#say), url: answer.url, question: this.#reply.question });
  }

  #choose(answer) {
    const field = this.getAttribute("insert");
    const { href, target } = this.#view;
    const address = href(answer.url);
    const go = this.#selected(answer);
    this.#close();
    if (go && field) {
      this.#attempt("insert", () => insertInto(document.querySelector(field), plainText(answer, this.#say)) || this.#panel.announce(this.#say("widget-inserted")));
    } else if (go && field == null && address) target ? window.open(address, target, "noopener,noreferrer") : location.assign(address);
  }

  /** Do something with the page that its selectors may not allow. */
  #attempt(code, act) {
    try {
      return act();
    } catch (error) {
      this.#dispatch("error", { code, message: error.message, error });
    }
  }

  #watch() {
    this.#watching?.abort();
    this.#watching = new AbortController();
    this.#watched = "";
    if (this.hasAttribute("watch")) follow(() => this.#follow(), this.#watching.signal);
  }

  #follow() {
    const text = this.#attempt("watch", () => watchedText(this.getAttribute("watch"))) ?? "";
    if (text === this.#watched) return;
    this.#watched = text;
    if (!this.value.trim()) this.#search();
  }
}

if (!customElements.get("policy-kb")) customElements.define("policy-kb", PolicyKb);
