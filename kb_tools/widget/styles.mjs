// What the search box looks like. Elements are known by their part, so that what is styled here can
// be styled by a page, too.

/**
 * Marks a text as a style sheet, for editors and for the formatter. There may be no backslash in
 * it: the formatter doubles them.
 */
const css = String.raw;

/** The one style sheet, adopted by every search box. */
export const STYLES = css`
  :host {
    color-scheme: var(--pkb-scheme, light dark);
    --_text: var(--pkb-text, light-dark(#1c1d21, #e6e7ec));
    --_muted: var(--pkb-muted, light-dark(#55565e, #b0b4c0));
    --_ground: var(--pkb-background, light-dark(#fff, #1d2029));
    --_raised: var(--pkb-raised, light-dark(#f3f4f9, #282c3a));
    --_line: var(--pkb-line, light-dark(#8a8c96, #737888));
    --_accent: var(--pkb-accent, light-dark(#3949ab, #a8b1fa));
    --_active: var(--pkb-active, light-dark(#e4e7f8, #343b5c));
    --_warn: var(--pkb-warn, light-dark(#8a4b00, #ffb866));
    --_radius: var(--pkb-radius, .5rem);
    display: block;
    position: relative;
    box-sizing: border-box;
    min-width: 0;
    font: var(--pkb-font-size, 1rem)/1.5 var(--pkb-font, system-ui, -apple-system, "Segoe UI",
      "Noto Sans", sans-serif);
    color: var(--_text);
    text-align: start;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :lang(ja),
  :lang(zh) {
    line-break: strict;
  }
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  a {
    color: var(--_accent);
    text-underline-offset: .15em;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  [part="box"] {
    position: relative;
  }
  [part="icon"] {
    position: absolute;
    top: 50%;
    left: .8em;
    width: .8em;
    height: .8em;
    margin-top: -.5em;
    border: 2px solid var(--_muted);
    border-radius: 50%;
    pointer-events: none;
  }
  [part="icon"]::after {
    content: "";
    position: absolute;
    top: 80%;
    left: 90%;
    width: .42em;
    border-top: 2px solid var(--_muted);
    transform: rotate(45deg);
    transform-origin: 0 0;
  }
  [part="input"] {
    display: block;
    width: 100%;
    min-height: 2.5em;
    padding: .3em 2.6em;
    font: inherit;
    color: inherit;
    background: var(--_ground);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  [part="input"]::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  [part="clear"] {
    position: absolute;
    top: 0;
    bottom: 0;
    right: 0;
    width: 2.5em;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_muted);
    font-size: 1em;
  }
  [part="clear"]::before {
    content: "×" / "";
    font-size: 1.4em;
    line-height: 1;
  }

  [part="panel"] {
    position: absolute;
    z-index: var(--pkb-z-index, 10);
    top: calc(100% + .35rem);
    left: var(--_shift, 0);
    width: var(--_width, 100%);
    max-height: var(--_space, 70vh);
    overflow: auto;
    overscroll-behavior: contain;
    container-type: inline-size;
    outline: 0;
    background: var(--_ground);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--pkb-shadow, 0 .4rem 1.6rem rgb(0 0 0 / .25));
    overflow-wrap: anywhere;
  }
  [part="panel"][data-inline] {
    position: static;
    width: 100%;
    max-height: none;
    margin-top: .35rem;
    box-shadow: none;
  }
  :is([part="notes"], [part="message"], [part="footer"]) {
    padding: .6em .9em;
    font-size: .875em;
  }
  [part="option-topic"] {
    color: var(--_muted);
    font-size: .78em;
  }
  [part="option-marks"] {
    color: var(--_warn);
  }
  [part="offers"] {
    display: flex;
    flex-wrap: wrap;
    gap: .4em;
    list-style: none;
  }
  [part="message"] ul[part="offers"] {
    padding: 0;
  }
  [part="usual"] {
    padding: .2em .7em;
    text-align: start;
    border: 1px solid var(--_line);
    border-radius: 1.2em;
    background: none;
  }
  [part="usual"]:hover {
    background: var(--_raised);
  }
  mark {
    background: none;
    color: inherit;
    font-weight: 700;
    text-decoration: underline dotted;
    text-underline-offset: .2em;
  }
  [part="kind"] {
    font-weight: 600;
  }
  [part="table"] {
    margin-top: .4em;
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  :is(th, td) {
    padding: .25em .6em .25em 0;
    border-bottom: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
  }
  thead th {
    color: var(--_muted);
    font-weight: 600;
  }
  [part="notes"] {
    border-bottom: 1px solid var(--_raised);
  }
  [part="footer"] {
    display: flex;
    flex-wrap: wrap;
    gap: .3em 1.2em;
    justify-content: space-between;
    border-top: 1px solid var(--_raised);
    color: var(--_muted);
    font-size: .8em;
  }
  [part="message"] > * + * {
    margin-top: .5em;
  }
  [part="message"] ul {
    padding-left: 1.3em;
  }
  :is([part="no-answer"], [part="suggested"]) {
    font-weight: 600;
  }
  [part="error"] {
    color: var(--_warn);
  }

  [part="list"] {
    padding: .3em;
  }
  [part="option"] {
    padding: .4em .6em;
    border-radius: calc(var(--_radius) * .6);
    border-left: 3px solid transparent;
    cursor: pointer;
  }
  [part="option"]:hover {
    background: var(--_raised);
  }
  [part="option"][data-shown] {
    border-left-color: var(--_accent);
    background: var(--_raised);
  }
  [part="option"][aria-selected="true"] {
    background: var(--_active);
  }
  [part="option-title"] {
    font-weight: 600;
    font-size: .9em;
    line-height: 1.4;
  }
  [part="option-text"] {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 1;
    overflow: hidden;
    color: var(--_muted);
    font-size: .82em;
  }

  [part="answer"] {
    padding: .8em 1em 1em;
    border-top: 1px solid var(--_raised);
    font-size: .9em;
  }
  [part="answer"] > * + * {
    margin-top: .6em;
  }
  [part="title"] {
    font-weight: 600;
    font-size: 1.1em;
    line-height: 1.35;
  }
  [part="title-link"] {
    text-decoration: none;
  }
  a[part="title-link"]:hover {
    text-decoration: underline;
  }
  [part="statement"] {
    font-size: 1.05em;
    line-height: 1.65;
  }
  code {
    font-family: var(--pkb-code-font, ui-monospace, SFMono-Regular, Menlo, Consolas, monospace);
    font-size: .92em;
    padding: .05em .3em;
    border-radius: .2em;
    background: var(--_raised);
  }
  [part="value"]:is(:lang(ja), :lang(zh)) {
    word-break: keep-all;
  }
  [part="values"] {
    list-style: none;
    padding: .4em .7em;
    border-radius: calc(var(--_radius) * .6);
    background: var(--_raised);
  }
  :is([part="condition"], [part="conflict"], [part="reported"]) {
    padding-left: .7em;
    border-left: 3px solid var(--_line);
  }
  :is([part="conflict"], [part="reported"]) {
    border-color: var(--_warn);
  }
  :is([part="reported"], [part="status-note"], [part="other-language"]) {
    color: var(--_warn);
  }
  :is([part="status-note"], [part="label"]) {
    font-weight: 600;
  }
  [part="twins"],
  [part="other-language"],
  [part="reported"],
  [part="condition"],
  [part="conflict"] {
    font-size: .92em;
  }
  [part="sources"] {
    font-size: .85em;
    color: var(--_muted);
  }
  [part="actions"] {
    display: flex;
    flex-wrap: wrap;
    gap: .5em;
    font-size: .92em;
  }
  [part~="button"] {
    min-height: 2.2em;
    padding: .2em .9em;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * .6);
    background: none;
  }
  [part~="button"]:not([part~="insert"]):hover {
    background: var(--_raised);
  }
  [part~="insert"] {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--pkb-on-accent, light-dark(#fff, #14161d));
  }
  [part="live"] {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @container (min-width: 38rem) {
    [part="answers"] {
      display: grid;
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    }
    [part="answer"] {
      border-top: 0;
      border-left: 1px solid var(--_raised);
    }
    [part="option-text"] {
      -webkit-line-clamp: 2;
    }
  }
  @media (pointer: coarse) {
    [part="input"] {
      font-size: max(1em, 16px);
    }
    [part~="button"] {
      min-height: 2.75em;
    }
  }
  @media (forced-colors: active) {
    [part="icon"],
    [part="icon"]::after {
      border-color: FieldText;
    }
    [part="option"] {
      border-color: Canvas;
    }
    [part="option"][data-shown] {
      border-color: Highlight;
    }
    [part="option"][aria-selected="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    [part="values"],
    code {
      border: 1px solid;
    }
  }
`;
