// What Material's script needs before it: the choices that a reader has made, kept in the browser
// for the language that is read. In Material's own theme it stands in each page, where the content
// security policy forbids it.
globalThis.__md_scope = new URL("..", document.currentScript.src);

globalThis.__md_hash = (text) =>
  [...text].reduce((hash, sign) => (hash << 5) - hash + sign.charCodeAt(0), 0);

globalThis.__md_get = (key, storage = localStorage, scope = __md_scope) =>
  JSON.parse(storage.getItem(`${scope.pathname}.${key}`));

globalThis.__md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // where nothing may be kept, the choice is for this page
  }
};
