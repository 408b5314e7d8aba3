/**
 * What is said before an index is loaded, and the value of the attribute `lang`, by language; the
 * first language stands in for any other.
 *
 * English only: in the published module stand the languages of the site instead, with the words of
 * their catalogs; see `kb_tools/widget/bundle.py`.
 */
export const LANGUAGES = {
  en: {
    html: "en",
    words: {
      "widget-placeholder": "Ask a question",
      "widget-clear": "Clear",
      "widget-loading": "Loading the answers…",
      "widget-missing": "The answers could not be loaded.",
      "widget-version": "The answers are for another version: reload the page.",
      "widget-truncated": "The answers are incomplete: reload the page.",
      "widget-not-json": "The answers cannot be read: reload the page.",
      "widget-slow": "The answers are slow to load.",
    },
  },
};
