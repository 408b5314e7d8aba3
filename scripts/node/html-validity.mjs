// The rules that scripts/html_validity.py validates by: those of the HTML and ARIA standards only.
// What is a matter of style (quotes, case, self-closing, trailing spaces) is left to the templates,
// and what readers meet on the page (labels, headings, landmarks) to axe, in a browser.

export default {
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // the standards say these too, though the preset leaves them out
    "aria-hidden-body": "error",
    "attr-delimiter": "error",
    "empty-title": "error",
    "hidden-focusable": "error",
    "input-attributes": "error",
    "missing-doctype": "error",
    "no-missing-references": "error",
    "script-type": "error",
    "wcag/h37": "error", // an image has `alt`
  },
};
