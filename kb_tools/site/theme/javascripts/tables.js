// Tables of the pages: copied and downloaded as their cells, filtered and sorted. Without scripts
// they are read as they are.

const LONG = 7;
const SAID = 2000;
const ACTIVE = /^[=+\-@\t\r]/;
const tools = document.querySelector(".kb-tools");

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function textOf(cell) {
  const copy = cell.cloneNode(true);
  for (const hidden of copy.querySelectorAll("[aria-hidden]")) hidden.remove();
  for (const broken of copy.querySelectorAll("br")) broken.replaceWith(" ");
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** The cells of the rows that are shown, the heading first; a row of one cell is a group. */
function cellsOf(table) {
  const rows = [...table.rows].filter((row) => !row.hidden);
  return rows.map((row) => [...row.cells].map(textOf));
}

/** As spreadsheets read it: UTF-8 with its mark, every cell quoted, and none that is computed. */
function csvOf(cells) {
  const inert = (text) => ACTIVE.test(text) ? `'${text}` : text;
  const quoted = (text) => `"${inert(text).replaceAll('"', '""')}"`;
  return `\ufeff${cells.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}

async function copy(table, button) {
  const text = cellsOf(table).map((row) => row.join("\t")).join("\n");
  const before = button.textContent;
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    isCopied = false;
  }
  button.textContent = isCopied ? tools.dataset.copied : tools.dataset.notCopied;
  setTimeout(() => Object.assign(button, { textContent: before }), SAID);
}

function download(table) {
  const page = location.pathname.split("/").at(-2);
  const address = URL.createObjectURL(new Blob([csvOf(cellsOf(table))], { type: "text/csv" }));
  const name = `${page}-${table.getAttribute("aria-labelledby")}.csv`;
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), SAID);
}

function filter(table, words) {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const row of table.querySelectorAll("tbody tr:not(.kb-group)")) {
    const text = row.textContent.toLocaleLowerCase();
    row.hidden = !wanted.every((word) => text.includes(word));
  }
}

/** Sort each group by a column, the other way round where it is sorted by that already. */
function sort(table, heading) {
  const place = heading.cellIndex;
  const isUp = heading.getAttribute("aria-sort") !== "ascending";
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => !row.classList.contains("kb-group"));
    const order = (one, other) => compare(textOf(one.cells[place]), textOf(other.cells[place]));
    rows.sort((one, other) => isUp ? order(one, other) : order(other, one));
    body.append(...rows);
  }
}

function equip(table) {
  const { copy: copied, csv, filter: filtered } = tools.dataset;
  const button = (text, act) => {
    const made = make("button", { type: "button" }, text);
    made.addEventListener("click", () => act(made));
    return made;
  };
  const bar = table.nextElementSibling;
  bar.append(
    button(copied, (made) => copy(table, made)),
    button(csv, () => download(table)),
  );
  if (table.tBodies[0].rows.length >= LONG) {
    const field = make("input", { type: "search", placeholder: filtered, ariaLabel: filtered });
    field.addEventListener("input", () => filter(table, field.value));
    bar.prepend(field);
  }
  if (table.tBodies.length === 1) {
    for (const heading of table.tHead.rows[0].cells) {
      const sorting = button(heading.textContent, () => sort(table, heading));
      heading.replaceChildren(sorting);
    }
  }
}

if (tools) {
  for (const table of document.querySelectorAll("table.kb-table[aria-labelledby]")) equip(table);
}
