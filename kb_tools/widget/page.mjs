// What the search box does with the page around it: its language, its fields, the clipboard, what is loaded for it.

import { debounced } from "./view.mjs";

const RETRY = 3000;
const WATCHING = 300;

/** Loads by address: boxes of one address share one, which is aborted when the last one leaves before its end. */
export const LOADS = {
  byAddress: new Map(),

  join(address, begin) {
    const load = this.byAddress.get(address) ?? this.begun(address, begin);
    load.users += 1;
    return load;
  },

  begun(address, begin) {
    const control = new AbortController();
    const load = { address, control, users: 0, done: false, failed: false, engine: begin(control.signal) };
    this.byAddress.set(address, load);
    load.engine.then(
      () => (load.done = true),
      () => setTimeout(() => this.forget(load), RETRY),
    );
    return load;
  },

  /** Forget a load that failed, so that the next question tries again. */
  forget(load) {
    load.failed = true;
    if (this.byAddress.get(load.address) === load) this.byAddress.delete(load.address);
  },

  leave(load) {
    load.users -= 1;
    if (load.users > 0 || load.done) return;
    this.forget(load);
    load.control.abort();
  },
};

/** `fetch` that tells nobody who asks: no cookies, no referrer. */
export function quietFetch(address, options = {}) {
  return fetch(address, { ...options, credentials: "omit", referrerPolicy: "no-referrer" });
}

/** The reply of a server to what is asked, and the labels to show it with. */
export async function askServer(server, asked, signal) {
  const address = new URL(server, document.baseURI);
  for (const [name, value] of Object.entries(asked)) if (value) address.searchParams.set(name, value);
  const response = await quietFetch(address, { signal });
  const reply = await response.json().catch(() => ({ error: { code: response.ok ? "not-json" : "missing" } }));
  if (!response.ok || reply.error) throw Object.assign(new Error(reply.error?.message ?? response.statusText), { code: reply.error?.code });
  return { reply, labels: reply.labels };
}

/** Whether keys ask for the search box: Ctrl-K, or / where nothing is being written. */
export function isShortcut(event) {
  const [target] = event.composedPath();
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key === "k";
  return event.key === "/" && !target.isContentEditable && !target.matches?.("input, textarea, select");
}

/** The language of an element: the attribute `lang` of it or of the nearest ancestor that has one, also beyond shadow roots. */
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
  for (const name of ["input", "change", "compositionend"]) document.addEventListener(name, (event) => event.isComposing || following.schedule(), { signal });
  const observer = new MutationObserver(following.schedule);
  observer.observe(document.documentElement, { childList: true, characterData: true, subtree: true });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    following.cancel();
  });
  following.schedule();
}

/** The texts of the elements that selectors name, one a line; passwords are never read. */
export function watchedText(selectors) {
  const fields = [...document.querySelectorAll(selectors || ":not(*)")].filter((field) => field.type !== "password");
  const read = (field) => (field.matches("input, textarea, select") ? field.value : (field.innerText ?? field.textContent));
  return fields.map((field) => read(field).trim()).filter(Boolean).join("\n");
}

/** Put a text into a field at its cursor, or at its end where the cursor never was; the field's own events tell the page. */
export function insertInto(field, text) {
  if (!field || field.readOnly || field.disabled) throw new Error("there is no field to insert the answer into");
  const inside = field.setRangeText ? field.selectionEnd > 0 : field.contains(getSelection().anchorNode);
  field.focus();
  if (!inside && field.setRangeText) field.selectionStart = field.selectionEnd = field.value.length;
  else if (!inside) getSelection().selectAllChildren(field), getSelection().collapseToEnd();
  if (!document.execCommand("insertText", false, text)) throw new Error("the field takes no text");
}

/** Copy a text, also where the page is not served securely; false where the browser refuses. */
export async function writeToClipboard(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
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
}
