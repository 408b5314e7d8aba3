/**
 * The table of a list, a comparison or a choice, in the words of a language: mirrors
 * `kb_tools/search/table.py`.
 */

/** `columns` by the labels of values, and `rows` of `fact`, `subject` and `cells`. */
export function tableOf(reaction, { entries, subjects, labels }, { groups }) {
  const joined = (texts) => texts.join(labels.comma);
  const nameOf = (concept) =>
    subjects[concept] ?? joined((groups[concept] ?? []).map((subject) => subjects[subject]));
  const told = reaction.rows.map((row) => {
    const entry = entries[row.fact];
    return {
      entry,
      name: joined(row.subjects.map(nameOf)),
      values: row.values.map((at) => entry.values[at]),
    };
  });
  const columns = [...new Set(told.flatMap(({ values }) => values.map(({ label }) => label)))];
  const cellsOf = (values) =>
    columns.map((column) =>
      joined(values.filter(({ label }) => label === column).map(({ text }) => text))
    );
  const rows = told.map(({ entry, name, values }) => (
    { fact: entry.fact, subject: name || entry.title, cells: cellsOf(values) }
  ));
  return { columns, rows };
}
