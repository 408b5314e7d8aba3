/**
 * How well the best fact covers a question, as a few numbers, and the confidence that they add up
 * to: mirrors `kb_tools/search/evidence.py`.
 */

const BRIEF = 8; // distinct terms up to which a text is a brief one

/** Mirrors `rarity`: how seldom a term is that so many of the facts hold, as in BM25. */
function rarity(holders, facts) {
  return Math.log(1 + (facts - holders + 0.5) / (holders + 0.5));
}

/**
 * Mirrors `weigh`: strength, coverage, margin, unknown and mass, for the terms of a question, the
 * score of the best fact and that of the next one.
 */
export function weigh(terms, classes, facts, best, next) {
  let total = 0;
  let covered = 0;
  let words = 0;
  let unknown = 0;
  for (const { kind, holders, held } of terms) {
    const worth = classes[kind] * rarity(holders, facts);
    total += worth;
    if (held) covered += worth;
    if (kind === "word") {
      words += worth;
      if (!holders) unknown += worth;
    }
  }
  return [
    best / (total || 1), // strength
    covered / (total || 1), // coverage
    (best - next) / (best || 1), // margin
    unknown / (words || 1), // unknown
    Math.log1p(total), // mass
  ];
}

/** Mirrors `length`: the kind of a text by its number of distinct terms. */
export function textLength(terms) {
  return terms <= BRIEF ? "brief" : "long";
}

/** Mirrors `confidence`: the logistic of weighed features, from 0 to 1. */
export function confidence(features, { intercept, coefficients }) {
  let sum = 0;
  for (const [place, feature] of features.entries()) {
    sum += coefficients[place] * feature;
  }
  const weighed = Math.max(-60, Math.min(60, intercept + sum));
  return 1 / (1 + Math.exp(-weighed));
}
