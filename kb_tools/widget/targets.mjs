/** Where to read on, besides facts: mirrors `kb_tools/search/targets.py`. */

const MOST_OF = 0.5;

/** What leads further from a judged text, in an edition; each has `title`, `text` and `url`. */
export function targetsOf({ asked, reaction }, { base, topics, overviews, notice }) {
  const leads = ({ title, text = "", address }) => ({ title, text, url: base + address });
  const kind = reaction?.kind;
  const found = [];
  if (asked.cues.includes("authority")) found.push(leads(notice));
  if (kind === "topic" && reaction.topic in topics) {
    found.push(leads({ title: topics[reaction.topic], address: `${reaction.topic}/` }));
  }
  if (["choice", "list", "compare"].includes(kind)) {
    const shown = new Set(reaction.rows.map(({ fact }) => fact));
    const overview = overviewOf(overviews, [...shown]);
    if (overview) found.push(leads(overview));
  }
  return found;
}

/** The overview that has the most of the facts that are shown, of several the smallest one. */
function overviewOf(overviews, shown) {
  let best = null;
  for (const overview of overviews) {
    const held = shown.filter((fact) => overview.facts.includes(fact)).length;
    const size = overview.facts.length;
    const isBetter = !best || held > best.held || (held === best.held && size < best.size);
    if (held >= MOST_OF * shown.length && isBetter) best = { held, size, overview };
  }
  return best?.overview;
}
