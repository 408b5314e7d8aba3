// What the search box does with the page around it: its language, its fields, the clipboard, what
// is loaded for it.

import { debounced, linkTo } from "./view.mjs";

const RETRY = 3000;
const WATCHING = 300;
const SERVER_WAITS = 4000;
const FIELDS = "input, textarea, select";

/**
 * Loads by address: boxes of one address share one, which is aborted when the last one leaves
 * before its end.
 */
class Loads {
  #byAddress = new Map();

  join(address, begin) {
    const load = this.#byAddress.get(address) ?? this.#begun(address, begin);
    load.users += 1;
    return load;
  }

  #begun(address, begin) {
    const control = new AbortController();
    const engine = begin(control.signal);
    const load = { address, control, users: 0, done: false, failed: false, engine };
    this.#byAddress.set(address, load);
    const done = () => {
      load.done = true;
    };
    engine.then(done, () => setTimeout(() => this.#forget(load), RETRY));
    return load;
  }

  /** Forget a load that failed, so that the next question tries again. */
  #forget(load) {
    load.failed = true;
    if (this.#byAddress.get(load.address) === load) this.#byAddress.delete(load.address);
  }

  leave(load) {
    load.users -= 1;
    if (load.users > 0 || load.done) return;
    this.#forget(load);
    load.control.abort();
  }
}

/** The loads of this page. */
export const LOADS = new Loads();

/** `fetch` from the web alone that tells nobody who asks: no cookies, no referrer. */
export async function quietFetch(address, options = {}) {
  if (!linkTo(address, { base: document.baseURI })) {
    const error = new TypeError("neither http, https nor the scheme of the page");
    throw Object.assign(error, { isTold: true });
  }
  return fetch(address, { ...options, credentials: "omit", referrerPolicy: "no-referrer" });
}

/**
 * The reply of a server to what is asked, and the labels to show it with. An error has `isTold`
 * where the server says what is wrong with the question, or is none; else it is down or slow.
 */
export async function askServer(server, asked, signal) {
  const address = new URL(server, document.baseURI);
  for (const [name, value] of Object.entries(asked)) {
    if (value) address.searchParams.set(name, value);
  }
  const signals = [signal, AbortSignal.timeout(SERVER_WAITS)].filter(Boolean);
  const response = await quietFetch(address, { signal: AbortSignal.any(signals) });
  const unreadable = { error: { code: response.ok ? "not-json" : "missing" } };
  const reply = await response.json().catch(() => unreadable);
  if (response.ok && !reply.error) return { reply, labels: reply.labels };
  const error = new Error(reply.error?.message ?? response.statusText);
  const code = reply.error?.code;
  const isTold = response.status < 500 && response.status !== 429 && code !== "not-json";
  throw Object.assign(error, { code: code === "no-words" ? "empty" : code, isTold });
}

/** Whether keys ask for the search box: Ctrl-K, or / where nothing is being written. */
export function isShortcut(event) {
  const [target] = event.composedPath();
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key === "k";
  return event.key === "/" && !target.isContentEditable && !target.matches?.(FIELDS);
}

/**
 * The language of an element: the attribute `lang` of it or of the nearest ancestor that has one,
 * also beyond shadow roots.
 */
export function nearestLanguage(element) {
  for (let at = element; at; at = at.parentNode ?? at.host) {
    const lang = at.getAttribute?.("lang");
    if (lang) return lang;
  }
  return navigator.language;
}

/** Call when texts of the page may have changed, at once and until `signal` is aborted. */
export function follow(call, signal) {
  const following = debounced(call, WATCHING);
  const changed = (event) => {
    if (!event.isComposing) following.schedule();
  };
  for (const name of ["input", "change", "compositionend"]) {
    document.addEventListener(name, changed, { signal });
  }
  const observer = new MutationObserver(following.schedule);
  const everything = { childList: true, characterData: true, subtree: true };
  observer.observe(document.documentElement, everything);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    following.cancel();
  });
  following.schedule();
}

/** The texts of the elements that selectors name, one a line; passwords are never read. */
export function watchedText(selectors) {
  const fields = [...document.querySelectorAll(selectors || ":not(*)")];
  const open = fields.filter((field) => field.type !== "password");
  return open.map((field) => textOf(field).trim()).filter(Boolean).join("\n");
}

function textOf(field) {
  return field.matches(FIELDS) ? field.value : field.innerText ?? field.textContent;
}

/**
 * Put a text into a field at its cursor, or at its end where the cursor never was; the field's own
 * events tell the page.
 */
export function insertInto(field, text) {
  if (!field || field.readOnly || field.disabled) {
    throw new Error("there is no field to insert the answer into");
  }
  const isInside = field.setRangeText
    ? field.selectionEnd > 0
    : field.contains(getSelection().anchorNode);
  field.focus();
  if (!isInside) moveToEnd(field);
  if (!document.execCommand("insertText", false, text)) throw new Error("the field takes no text");
}

function moveToEnd(field) {
  if (field.setRangeText) {
    field.setSelectionRange(field.value.length, field.value.length);
  } else {
    getSelection().selectAllChildren(field);
    getSelection().collapseToEnd();
  }
}

/** Copy a text, also where the page is not served securely; false where the browser refuses. */
export async function writeToClipboard(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromField(text, root);
  }
}

function copyFromField(text, root) {
  const before = root.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  root.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus();
  return copied;
}
