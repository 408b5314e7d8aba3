// <policy-kb>: a search box that shows answers, in a page or in a help desk. What it shows is made
// in view.mjs.

import { Engine } from "./engine.mjs";
import { LANGUAGES } from "./languages.mjs";
import {
  askServer,
  follow,
  insertInto,
  isShortcut,
  LOADS,
  nearestLanguage,
  quietFetch,
  watchedText,
} from "./page.mjs";
import { Panel } from "./panel.mjs";
import {
  debounced,
  early,
  element,
  fill,
  htmlLanguage,
  linkTo,
  offersView,
  paragraph,
  plainText,
  replyView,
  shareable,
  suited,
} from "./view.mjs";

const TYPING = 60;

/** How long nothing is typed before there is said to be no answer. */
const PAUSE = 1000;
const LOADING_SHOWN = 300;
const SLOW = 8000;
const LONGEST_ADDRESS = 2000;
const LIMIT = 3;
const MOST_SHOWN = 10;

/** The key code of every key that an input method takes. */
const CONVERTING = 229;

/**
 * The search box; its events are `policykb:ready`, `policykb:answers`, `policykb:select`
 * (cancelable) and `policykb:error`.
 */
export class PolicyKb extends HTMLElement {
  static observedAttributes = ["src", "api", "lang", "as-of", "limit", "placeholder", "watch"];

  #panel = new Panel(this, (answer) => this.#choose(answer));
  #labels = {};
  /** The labels that the reply was shown with: those of its own language. */
  #told = {};
  #language = null;
  #languages = Object.keys(LANGUAGES);
  #load = null;
  #reply = null;
  #asked = "";
  #watched = "";
  #turn = 0;
  #asking = null;
  #listening = null;
  #watching = null;
  #typing = debounced(() => this.#search(), TYPING);
  #pausing = debounced(() => this.#settled(), PAUSE);
  #withheld = null;

  constructor() {
    super();
    const { input, all, clear, list, panel } = this.#panel;
    input.addEventListener("input", (event) => this.#typed(event));
    input.addEventListener("compositionstart", () => this.#halt());
    input.addEventListener("compositionend", () => this.#typed());
    input.addEventListener("focus", () => this.#focused());
    input.addEventListener("click", () => this.#open());
    all.addEventListener("keydown", (event) => this.#pressed(event));
    all.addEventListener("focusout", (event) => this.#left(event));
    clear.addEventListener("click", () => this.#clear());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    panel.addEventListener("click", (event) => this.#clicked(event));
  }

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const place = () => this.#panel.place();
    document.addEventListener("keydown", (event) => this.#called(event), { signal });
    const passive = { signal, passive: true };
    document.addEventListener("pointerdown", (event) => this.#pointed(event), passive);
    window.addEventListener("resize", place, passive);
    window.addEventListener("scroll", place, passive);
    window.visualViewport?.addEventListener("resize", place, passive);
    this.#relabel();
    this.#watch();
    if (this.value) this.#typing.schedule();
  }

  disconnectedCallback() {
    this.#turn += 1;
    this.#asked = "";
    this.#listening.abort();
    this.#watching?.abort();
    this.#asking?.abort();
    this.#halt();
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

  /**
   * The reply to a question, and the labels to show it with; a page may override it with a source
   * of its own.
   */
  async ask(question, { signal } = {}) {
    const wanted = this.#valid("limit", /^[0-9]{1,3}$/) ?? LIMIT;
    const limit = Math.min(Math.max(wanted, 1), MOST_SHOWN);
    const asOf = this.#asOf;
    const served = this.hasAttribute("api") && await this.#served(question, limit, signal);
    if (served?.reply) return served;
    const engine = await this.#engine();
    const language = suited(nearestLanguage(this), engine.languages);
    const replying = engine.ask(question, { language, limit, asOf });
    const [{ labels }, reply] = await Promise.all([engine.entries(language), replying]);
    return { reply: served ? { ...reply, by: served.by } : reply, labels };
  }

  /**
   * The reply of the server that is named, or only how it is told that it is away, where there is
   * an index to search instead.
   */
  async #served(question, limit, signal) {
    const server = this.getAttribute("api");
    const q = question.slice(0, LONGEST_ADDRESS);
    const lang = suited(nearestLanguage(this), this.#languages);
    const asked = { q, lang, limit, as_of: this.#asOf, labels: 1 };
    const { host } = new URL(server, document.baseURI);
    try {
      const { reply, labels } = await askServer(server, asked, signal);
      return { reply: { ...reply, by: ["widget-served", host] }, labels };
    } catch (error) {
      if (error.isTold || signal?.aborted || !this.hasAttribute("src")) throw error;
      return { by: ["widget-away", host] };
    }
  }

  /** An attribute; null where there is none, or another than it may be, which is told. */
  #valid(name, form) {
    const text = this.getAttribute(name);
    if (!text || form.test(text)) return text || null;
    console.warn(`policy-kb: ${name}="${text}" is ignored`);
    return null;
  }

  get #asOf() {
    return this.#valid("as-of", /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
  }

  /** The engine of `src`, which boxes of the same `src` share. */
  #engine() {
    if (this.#load?.failed) this.#leave();
    if (!this.#load) this.#begin();
    return this.#load.engine;
  }

  #begin() {
    const named = this.getAttribute("src") ?? "";
    // what is no address at all is told in the box, as one at which there is nothing
    const base = document.baseURI;
    const source = URL.canParse(named, base) ? new URL(named, base).href : named;
    const language = suited(nearestLanguage(this), Object.keys(LANGUAGES));
    const begin = (signal) => Engine.load(source, { fetch: quietFetch, signal, language });
    const load = LOADS.join(source, begin);
    const failed = () => {}; // whoever asks is told
    const ready = ({ languages }) => {
      if (load !== this.#load) return;
      this.#languages = languages;
      load.engine.then((engine) => engine.complete()).catch(failed);
      this.#dispatch("ready", { languages, language: suited(nearestLanguage(this), languages) });
    };
    this.#load = load;
    load.engine.then(ready, failed);
  }

  #leave() {
    if (this.#load) LOADS.leave(this.#load);
    this.#load = null;
  }

  #dispatch(name, detail) {
    const options = { detail, cancelable: name === "select", bubbles: true, composed: true };
    return this.dispatchEvent(new CustomEvent(`policykb:${name}`, options));
  }

  /** A label in the reader's language, also before an index is loaded. */
  #say = (key, values) => {
    const label = this.#labels[key] ?? early(key, this.#language) ?? key;
    return fill(label, values);
  };

  #relabel(labels) {
    const language = suited(nearestLanguage(this), this.#languages);
    if (labels || language !== this.#language) this.#labels = labels ?? {};
    this.#language = language;
    const placeholder = this.getAttribute("placeholder") ?? this.#say("widget-placeholder");
    this.#panel.relabel(this.#say, language, placeholder);
  }

  #question() {
    return this.value.trim() || this.#watched;
  }

  #typed(event) {
    this.#panel.clear.hidden = !this.value;
    if (event?.isComposing) return;
    this.#withheld = null;
    this.#typing.schedule();
    if (event) this.#pausing.schedule();
  }

  #halt() {
    this.#typing.cancel();
    this.#pausing.cancel();
  }

  /** Somebody paused or pressed Enter: what was withheld is said now. */
  #settled() {
    this.#pausing.cancel();
    const [reply, labels] = this.#withheld ?? [];
    this.#withheld = null;
    if (reply) this.#show(reply, labels);
  }

  #focused() {
    if (!this.hasAttribute("api")) this.#offer().catch(() => {}); // whoever asks is told
    this.#open();
  }

  /** Offer usual questions and topics while the box has the focus and nothing is typed. */
  async #offer() {
    const engine = await this.#engine();
    const edition = await engine.entries(suited(nearestLanguage(this), engine.languages));
    if (this.#question() || !this.matches(":focus-within")) return;
    this.#relabel(edition.labels);
    const ask = (question) => {
      this.value = question;
      this.focus();
    };
    this.#panel.show(offersView(edition, this.#view, ask), this.#view);
    this.#open();
  }

  #search() {
    const question = this.#question();
    if (question && question === this.#asked) {
      this.#open();
      return;
    }
    this.#turn += 1;
    this.#asking?.abort();
    this.#asking = new AbortController();
    this.#asked = question;
    if (question) {
      this.#answer(question, this.#turn);
    } else {
      this.#panel.empty();
      if (this.matches(":focus-within")) this.#focused();
    }
  }

  /** Show the reply to a question, or why there is none, unless another one is asked meanwhile. */
  async #answer(question, turn) {
    const isLast = () => turn === this.#turn;
    const later = (delay, tell) => setTimeout(() => isLast() && tell(), delay);
    const loading = later(LOADING_SHOWN, () => this.#tell("loading"));
    const slow = later(SLOW, () => this.#fail({ code: "slow" }));
    try {
      const { reply, labels } = await this.ask(question, this.#asking);
      if (isLast()) this.#showOnceSettled(reply, labels);
      if (reply.partial) this.#completed(question, isLast);
    } catch (error) {
      if (!isLast()) return;
      this.#asked = "";
      this.#fail(error);
    } finally {
      clearTimeout(loading);
      clearTimeout(slow);
    }
  }

  /** Ask again when the words of all languages are there, if that is still the question. */
  async #completed(question, isLast) {
    const engine = await this.#engine();
    await engine.complete();
    const { reply, labels } = await this.ask(question);
    if (isLast()) this.#show(reply, labels);
  }

  #fail(error) {
    if (error.code === "empty") {
      this.#panel.empty();
      return;
    }
    const code = early(`widget-${error.code}`) ? error.code : "missing";
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
    const site = this.getAttribute("site");
    const language = this.#language;
    const href = (url) => linkTo(url, { base: document.baseURI, site, language });
    const isAlone = !this.hasAttribute("api");
    const others = (answer) => isAlone ? this.#languages.filter((c) => c !== answer.language) : [];
    const textIn = (answer, code) => this.#textIn(answer, code);
    const toShare = (answer, code = language) =>
      shareable(answer, { base: document.baseURI, site, language: code });
    return { label: this.#say, language, target, href, others, textIn, toShare };
  }

  /** An answer as plain text in another language of the index. */
  async #textIn({ fact }, language) {
    const engine = await this.#engine();
    const { labels } = await engine.entries(language);
    const told = await engine.fact(fact, language, this.#asOf);
    return plainText(
      this.#view.toShare(told, language),
      (key, values) => fill(labels[key], values),
    );
  }

  /** Show a reply; while somebody types, that there is no answer waits for a pause. */
  #showOnceSettled(reply, labels) {
    if (reply.kind === "none" && this.#pausing.isWaiting()) {
      this.#withheld = [reply, labels];
    } else {
      this.#show(reply, labels);
    }
  }

  #show(reply, labels) {
    this.#relabel(labels);
    this.#reply = reply;
    this.#told = labels;
    const typed = this.value.trim();
    if (!typed && !reply.answered) {
      this.#panel.empty();
      return;
    }
    const view = this.#view;
    const more = typed && this.#more(typed);
    const alone = !this.hasAttribute("api");
    const around = { suggested: !typed, more, found: reply.found, alone, by: reply.by };
    this.#panel.show(replyView(reply, view, around), view);
    this.#announce(reply);
    this.#open();
    this.#dispatch("answers", { reply });
  }

  #announce({ kind, answers }) {
    if (!answers.length) {
      this.#panel.announce(this.#say("no-answer"));
      return;
    }
    const [{ language, title, text }] = answers;
    const said = ` ${title}${this.#say("colon")}${text}`;
    const first = element("span", { lang: htmlLanguage(language) }, said);
    const number = this.#say("widget-results", { n: answers.length });
    this.#panel.announce(kind === "closest" ? this.#say("closest") : number, first);
  }

  /** The address of the page of all results, where there is one; no server sees what is after #. */
  #more(question) {
    if (!this.hasAttribute("more")) return null;
    const page = linkTo(this.getAttribute("more"), { base: document.baseURI });
    if (!page) return null;
    const address = new URL(page);
    address.hash = new URLSearchParams({ q: question.slice(0, LONGEST_ADDRESS) });
    return address.href;
  }

  get #inline() {
    return this.hasAttribute("inline") || this.hasAttribute("watch");
  }

  #open() {
    this.#panel.open(this.#inline);
  }

  #close() {
    if (!this.#inline) this.#panel.close();
  }

  #clear() {
    this.value = "";
    this.focus();
  }

  /** Close when the focus goes elsewhere in the page. */
  #left({ relatedTarget }) {
    if (relatedTarget && !this.#panel.holds(relatedTarget)) this.#close();
  }

  #pointed(event) {
    if (!event.composedPath().includes(this)) this.#close();
  }

  /** A key of the page that leads to the box. */
  #called(event) {
    if (!this.hasAttribute("shortcuts") || !isShortcut(event)) return;
    event.preventDefault();
    this.focus();
    this.#panel.input.select();
  }

  #pressed(event) {
    if (event.isComposing || event.keyCode === CONVERTING) return;
    if (!this.#obeyed(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Do what a key asks for; tell whether it asks for anything. */
  #obeyed(event) {
    const { key, target } = event;
    const { input, isOpen } = this.#panel;
    if (key === "Escape" && isOpen && !this.#inline) {
      this.focus();
      this.#close();
      return true;
    }
    const isModified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (target !== input || isModified) return false;
    if (key === "Escape" && this.value) {
      this.#clear();
      return true;
    }
    if (key === "Enter") {
      this.#entered();
      return true;
    }
    const option = this.#optionFor(key);
    if (option === null) return false;
    this.#open();
    this.#panel.activate(option);
    return true;
  }

  /**
   * Go to all results where there is a page of them and no answer was chosen; else search at once
   * what was just typed, or choose the answer that is shown.
   */
  #entered() {
    const { isOpen, count, answerShown, active } = this.#panel;
    const question = this.value.trim();
    const more = question && active < 0 && !this.hasAttribute("insert") && this.#more(question);
    if (more) {
      go(more, this.#view.target);
      return;
    }
    const isSearched = this.#typing.flush();
    this.#settled();
    if (!isSearched && isOpen && count) this.#choose(answerShown);
  }

  /** The option that a key leads to, null where it leads to none. */
  #optionFor(key) {
    const { count, active } = this.#panel;
    if (key === "ArrowDown" && count) return (active + 1) % count;
    if (key === "ArrowUp" && count) return active > 0 ? active - 1 : count - 1;
    if (key === "Home" && active >= 0) return 0;
    if (key === "End" && active >= 0) return count - 1;
    return null;
  }

  /** An option shows its answer; the link of an answer is a choice, which the page may prevent. */
  #clicked(event) {
    const option = event.target.closest("[role=option]");
    if (option) {
      this.#panel.activate([...option.parentNode.children].indexOf(option));
      return;
    }
    const link = event.target.closest("a");
    if (!link) return;
    const isTitle = link.part.contains("title-link");
    if (isTitle && !this.#selected(this.#panel.answerShown)) {
      event.preventDefault();
    } else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      this.#close();
    }
  }

  /** An answer as it was shown, also while the box is being put into another language. */
  #plain(answer) {
    return plainText(answer, (key, values) => fill(this.#told[key], values));
  }

  #selected(answer) {
    const text = this.#plain(answer);
    const { question } = this.#reply;
    return this.#dispatch("select", { answer, text, url: answer.url, question });
  }

  /** Insert an answer where the page says so, else go to its page; unless the page prevents it. */
  #choose(answer) {
    const field = this.getAttribute("insert");
    const { href, target } = this.#view;
    const isWanted = this.#selected(answer);
    this.#close();
    if (!isWanted) return;
    if (field) {
      this.#attempt("insert", () => {
        insertInto(document.querySelector(field), this.#plain(answer));
        this.#panel.announce(this.#say("widget-inserted"));
      });
    } else if (field === null) {
      go(href(answer.url), target);
    }
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

function go(address, target) {
  if (address && target) {
    window.open(address, target, "noopener,noreferrer");
  } else if (address) {
    location.assign(address);
  }
}

if (!customElements.get("policy-kb")) customElements.define("policy-kb", PolicyKb);
