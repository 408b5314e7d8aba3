/**
 * How to react to a question that one fact does not answer alone: mirrors
 * `reactor.py`, `comparing.py` and `wanted.py` in `kb_tools/search`.
 */

import { ATTRIBUTES } from "./asking.mjs";

const TWIN_NEAR = 0.9;
const CONFLICT_NEAR = 0.45;
const TURNED_NEAR = 0.4;
const NEAR = 0.5;
const NEARER = 0.75;
const MOST_COMPARED = 4;
const MOST_OPEN = 6;
const MOST_LISTED = 12;

function unique(items) {
  return [...new Set(items)];
}

function sortOf({ kind, concepts }) {
  return [kind, ...concepts].join();
}

/** Facts by number from the rows of the index, with what the glossary says of concepts. */
export function typedOf({ facts, ...rest }) {
  const value = ([kind, key, provider = "", concepts = []]) => ({ kind, key, provider, concepts });
  const typed = facts.map(([about, values, conflicts, twins]) => (
    { about, values: values.map(value), conflicts, twins }
  ));
  const every = typed.flatMap((fact) => fact.values);
  return { ...rest, facts: typed, every, told: unique(every.flatMap((v) => v.concepts)) };
}

/**
 * The reaction to a question, with `rows` of `fact`, `subjects` and places of `values`; null where
 * one fact, or none, answers.
 */
export function react(typed, asked, ranked) {
  const all = { typed, asked, ranked };
  const found = ranked.short && (topic(all) ?? comparison(all) ?? list(all));
  return found || choice(all);
}

function row(fact, subjects = [], values = []) {
  return { fact, subjects, values };
}

function topic({ typed, asked, ranked }) {
  const [concept, ...others] = asked.concepts;
  if (!concept || others.length || !asked.bare || ranked.named) return null;
  const main = typed.main[concept] ?? [];
  if (asked.cues.includes("define")) {
    return main.length ? { kind: "answer", rows: [row(main[0])] } : null;
  }
  const page = typed.pages[concept] ?? [];
  const isAbout = (fact) =>
    page.includes(fact) || holdsAny(typed, fact, subjectsOf(typed, concept));
  const facts = unique([...main, ...ranked.order.filter(isAbout)]);
  return facts.length < 2
    ? null
    : { kind: "topic", topic: concept, rows: facts.map((fact) => row(fact)) };
}

function comparison({ typed, asked, ranked }) {
  const isExplicit = asked.cues.includes("compare");
  const things = thingsOf(typed, asked, ranked);
  if (things.length < 2) return null;
  const isOfAll = (fact) => things.every(({ facts }) => facts.includes(fact));
  if (!isExplicit && isOfAll(ranked.order[0])) return null;
  // what is part of another thing has nothing to itself: its facts are those of both
  const own = things.map(({ facts }) => {
    const alone = facts.filter((fact) => !isOfAll(fact));
    return alone.length ? alone : facts;
  });
  const wanted = compared(typed, asked, things, own);
  if (!wanted) return bestOfEach(typed, things, own, ranked, isExplicit);
  const found = things.map(({ facts }) =>
    facts.filter((fact) => placesOf(typed, fact, wanted).length).slice(0, MOST_COMPARED)
  );
  if (misses(found.flat(), ranked, NEAR)) return null;
  const rows = things.flatMap(({ concept }, at) => {
    const subjects = isConditional(typed, found[at]) ? [] : [concept];
    return found[at].map((fact) => row(fact, subjects, placesOf(typed, fact, wanted)));
  });
  return { kind: "compare", rows };
}

/** The values by which things are compared, where each has some; else null. */
function compared(typed, asked, things, own) {
  const isSaid = (concept) => things.some((thing) => thing.concept === concept);
  const asks = asked.cues.includes("why") ? null : attributeOf(typed, asked);
  const best = own.filter((facts) => facts.length).map(([fact]) => fact);
  let wanted = asks;
  if (asks && !best.some((fact) => placesOf(typed, fact, asks).length)) {
    wanted = null;
  } else if (!asks && asked.concepts.every(isSaid)) {
    wanted = shared(typed, things);
  }
  const has = ({ facts }) => facts.some((fact) => placesOf(typed, fact, wanted).length);
  return wanted && things.every(has) ? wanted : null;
}

/**
 * The best facts that each thing has to itself, and the best of all; without a word that compares,
 * only where one of each is among the best.
 */
function bestOfEach(typed, things, own, { order, scores }, isExplicit) {
  const [best] = order;
  const rows = [];
  for (const [at, { concept, kind }] of things.entries()) {
    const least = Math.max(NEAR * scores[best], TWIN_NEAR * (scores[own[at][0]] ?? 0));
    const near = own[at].filter((fact) => scores[fact] >= least).slice(0, 2);
    if (!near.length && !isExplicit) return null;
    rows.push(...near.map((fact) => row(fact, kind ? [concept] : [], placesOf(typed, fact))));
  }
  const isTold = rows.some(({ fact }) => fact === best);
  const first = isTold ? [] : [row(best, [], placesOf(typed, best))];
  return { kind: "compare", rows: [...first, ...rows] };
}

function list({ typed, asked, ranked }) {
  const has = (cue) => asked.cues.includes(cue);
  const kinds = kindsOf(typed, asked);
  const labels = labelsOf(typed, asked);
  const isTold = has("what") && (has("switch") || ranked.quantities.length || labels.size);
  const isSeveral = kinds.length > 0 || has("several");
  const isAsked = has("conflict") || isTold || has("set") || isSeveral;
  if (ranked.named || !isAsked) return null;
  const allAbout = () => has("set") ? aboutNamed({ typed, asked, ranked }) : null;
  if (has("why")) return allAbout();
  const every = has("conflict") ? conflicting(typed) : having(typed, asked, ranked);
  const found = narrowed(typed, every, asked, ranked);
  const isExplicit = has("conflict") || has("set") || asked.plain;
  const near = isExplicit ? NEAR : isSeveral && has("what") ? NEARER : 1;
  const isBeside = () => !has("conflict") && misses([...found.keys()], ranked, near);
  if (found.size < (near === 1 ? 2 : 1) || isBeside()) return allAbout();
  const fits = (fact) => isOf(typed, fact, kinds);
  const place = (fact) => [fact !== ranked.answer, !fits(fact), -ranked.scores[fact], fact];
  const rows = [...found.keys()].sort((one, other) => compare(place(one), place(other)));
  const rowOf = (fact) =>
    row(fact, rowSubjects(typed, fact, asked, found.get(fact)), found.get(fact));
  return { kind: found.size > 1 ? "list" : "answer", rows: rows.map(rowOf) };
}

/**
 * All facts about what is named, or about the rarest of it, where one of them surely answers or
 * nothing else is said.
 */
function aboutNamed({ typed, asked, ranked }) {
  const named = asked.concepts.filter((concept) => asked.things.includes(concept))
    .map((concept) => thing(typed, concept, ranked))
    .filter(({ kind }) => kind)
    .map(({ facts }) => facts);
  if (!named.length || (ranked.answer === null && !asked.plain)) return null;
  const ofAll = named.reduce((some, facts) => some.filter((fact) => facts.includes(fact)));
  const rarest = named.reduce((few, facts) => (facts.length < few.length ? facts : few));
  const about = ofAll.length ? ofAll : rarest;
  const least = NEAR * ranked.scores[ranked.answer ?? ranked.order[0]];
  const isMany = about.length > MOST_LISTED;
  const facts = about.filter((fact) => !isMany || ranked.scores[fact] >= least);
  if (facts.length < 2 || misses(facts, ranked, NEARER)) return null;
  return { kind: "list", rows: facts.map((fact) => row(fact)) };
}

function choice({ typed, asked, ranked }) {
  const isOpen = asked.turned || (asked.plain && attributeOf(typed, asked));
  const best = ranked.answer ?? (isOpen ? ranked.order[0] : null);
  if (best === null) return null;
  const { scores, lean } = ranked;
  const { conflicts } = typed.facts[best];
  const isNear = (fact, share) => scores[fact] >= share * scores[best];
  const contradicted = conflicts.some((fact) => isNear(fact, CONFLICT_NEAR));
  const others = contradicted ? [...conflicts] : [];
  for (const twin of twinsOf(typed, best)) {
    const share = asked.turned || lean(twin) > lean(best) ? TURNED_NEAR : TWIN_NEAR;
    if (isNear(twin, share) && differ(typed.facts[best], typed.facts[twin])) others.push(twin);
  }
  if (!others.length) return openChoice({ typed, asked, ranked }, best);
  const place = (fact) => [-lean(fact), -scores[fact], fact];
  const shown = unique([best, ...others]).sort((one, other) => compare(place(one), place(other)));
  return { kind: "choice", rows: shown.map((fact) => row(fact, [], placesOf(typed, fact, null))) };
}

/** The facts that are easily taken for one, and those for these. */
function twinsOf(typed, fact) {
  const { twins } = typed.facts[fact];
  const further = twins.flatMap((twin) => typed.facts[twin].twins);
  return unique([...twins, ...further]).filter((twin) => twin !== fact);
}

/** Like Python's comparison of tuples. */
function compare(one, other) {
  const at = one.findIndex((item, place) => item !== other[place]);
  return at < 0 ? 0 : one[at] - other[at];
}

function subjectsOf(typed, concept) {
  return [...(concept in typed.kinds ? [concept] : []), ...(typed.groups[concept] ?? [])];
}

function holdsAny(typed, fact, subjects) {
  return typed.facts[fact].about.some((subject) => subjects.includes(subject));
}

/** The things that may be compared, each with the facts about it, the best first. */
function thingsOf(typed, asked, ranked) {
  const isExplicit = asked.cues.includes("compare");
  const named = asked.concepts.filter((concept) => asked.things.includes(concept))
    .map((concept) => thing(typed, concept, ranked))
    .filter(({ facts }) => facts.length);
  const joined = named.filter(({ concept }) => asked.joined.includes(concept));
  const kinds = named.map(({ kind }) => kind).filter(Boolean);
  const often = (kind) => kinds.filter((other) => other === kind).length;
  const common = kinds.reduce((best, kind) => (often(kind) > often(best) ? kind : best), kinds[0]);
  const alike = (isExplicit ? named : joined).filter(({ kind }) => kind && kind === common);
  if (alike.length >= 2) return alike;
  const untold = named.filter(({ concept, kind }) => kind && !typed.told.includes(concept));
  return isExplicit && untold.length >= 2 ? untold : joined;
}

/** What a concept stands for: its subjects, or without any the facts that hold it. */
function thing(typed, concept, { order, holders }) {
  const subjects = subjectsOf(typed, concept);
  const held = subjects.length ? [] : holders(concept);
  const isAbout = (fact) => holdsAny(typed, fact, subjects) || held.includes(fact);
  const kind = subjects.length ? typed.kinds[[...subjects].sort()[0]] : "";
  return { concept, kind, facts: order.filter(isAbout) };
}

/** Whether a value is of a sort that all things have. */
function shared(typed, things) {
  const sorts = things.map(({ facts }) =>
    new Set(facts.flatMap((fact) => typed.facts[fact].values.map(sortOf)))
  );
  return (value) => sorts.every((sort) => sort.has(sortOf(value)));
}

function placesOf(typed, fact, wanted) {
  const { values } = typed.facts[fact];
  return [...values.keys()].filter((at) => !wanted || wanted(values[at]));
}

function attributeOf(typed, asked) {
  const labels = labelsOf(typed, asked);
  if (labels.size) return ({ concepts }) => concepts.length > 0 && labels.has(concepts.join());
  const kind = ATTRIBUTES.find((attribute) => asked.cues.includes(attribute));
  return kind ? (value) => value.kind === kind : null;
}

function having(typed, asked, ranked) {
  const wanted = condition(typed, asked, ranked);
  if (!wanted) return new Map();
  return new Map(
    typed.facts.map((_, fact) => [fact, placesOf(typed, fact, wanted)])
      .filter(([, places]) => places.length),
  );
}

function condition(typed, asked, ranked) {
  if (ranked.quantities.length) return ({ key }) => ranked.quantities.includes(key);
  const labels = labelsOf(typed, asked);
  if (labels.size) return ({ key, concepts }) => labels.get(concepts.join()) === key;
  const states = ["on", "off"].filter((state) => asked.cues.includes(state));
  if (!asked.cues.includes("switch") || states.length !== 1) return attributeOf(typed, asked);
  const named = asked.concepts.flatMap((concept) => subjectsOf(typed, concept));
  const providers = typed.every.map(({ provider }) => provider)
    .filter((provider) => named.includes(provider));
  return ({ kind, key, provider }) =>
    kind === "switch" && key === states[0] &&
    (!providers.length || providers.includes(provider));
}

/** The labels of a yes or no that are asked for, by their concepts, with yes or no. */
function labelsOf(typed, asked) {
  const found = new Map();
  for (const { concepts } of typed.every) {
    const bare = concepts.filter((concept) => !subjectsOf(typed, concept).length);
    const telling = bare.length ? bare : concepts;
    const opposes = (concept) => telling.includes(typed.opposites[concept]);
    if (telling.some((concept) => asked.concepts.includes(concept))) {
      found.set(concepts.join(), "yes");
    }
    if (asked.concepts.some(opposes)) found.set(concepts.join(), "no");
  }
  return found;
}

function misses(found, { answer, order, scores }, near) {
  return Math.max(...found.map((fact) => scores[fact])) < near * scores[answer ?? order[0]];
}

function conflicting(typed) {
  const facts = [...typed.facts.keys()].filter((fact) => typed.facts[fact].conflicts.length);
  return new Map(facts.map((fact) => [fact, placesOf(typed, fact, null)]));
}

/**
 * The facts that are about one of the things that are named besides, or hold it where it is no
 * subject; all where no subject fits, or none of the kind that is asked for.
 */
function narrowed(typed, every, asked, { holders }) {
  const named = othersOf(typed, asked);
  const kinds = kindsOf(typed, asked);
  const labels = labelConcepts(typed, asked);
  const free = asked.concepts.filter((concept) =>
    asked.things.includes(concept) && !subjectsOf(typed, concept).length &&
    !labels.includes(concept)
  );
  const held = free.flatMap(holders);
  const fits = (fact) => holdsAny(typed, fact, named) || held.includes(fact);
  const fitting = [...every].filter(([fact]) => fits(fact));
  const misfits = kinds.length && !fitting.some(([fact]) => isOf(typed, fact, kinds));
  return misfits || !(fitting.length || held.length) ? every : new Map(fitting);
}

function labelConcepts(typed, asked) {
  return [...labelsOf(typed, asked).keys()].flatMap((label) => label.split(","));
}

function othersOf(typed, asked) {
  const labels = labelConcepts(typed, asked);
  return asked.concepts
    .filter((concept) => asked.things.includes(concept) && !labels.includes(concept))
    .flatMap((concept) => subjectsOf(typed, concept));
}

function isOf(typed, fact, kinds) {
  return typed.facts[fact].about.some((subject) => kinds.includes(typed.kinds[subject]));
}

/** The facts that a question leaves open to choose from. */
function openChoice({ typed, asked, ranked }, best) {
  const found = ranked.short ? openFacts(typed, asked, ranked.quantities) : new Map();
  const most = Math.max(...[...found.keys()].map((fact) => ranked.scores[fact]));
  const isNear = (fact) => !asked.plain || ranked.scores[fact] >= NEARER * most;
  const facts = [...found.keys()].filter(isNear);
  const { about } = typed.facts[best];
  const covers = (fact) => about.every((subject) => typed.facts[fact].about.includes(subject));
  const isDefined = asked.cues.includes("define"); // its name may hold the word for an attribute
  const isBeside = !facts.includes(best) && (isDefined || !facts.some(covers));
  const isFew = facts.length > 1 && facts.length <= MOST_OPEN;
  if (!isFew || isBeside || tellsApart(asked.concepts, facts, ranked)) return null;
  facts.sort((one, other) => ranked.scores[other] - ranked.scores[one] || one - other);
  return { kind: "choice", rows: facts.map((fact) => row(fact, [], found.get(fact))) };
}

/** Tells whether one of some concepts is held by some of these facts and not by all. */
function tellsApart(concepts, facts, { holders }) {
  return concepts.some((concept) => {
    const held = holders(concept);
    const holding = facts.filter((fact) => held.includes(fact)).length;
    return holding > 0 && holding < facts.length;
  });
}

function openFacts(typed, asked, quantities) {
  const wanted = attributeOf(typed, asked);
  const labels = labelConcepts(typed, asked).filter((concept) => asked.concepts.includes(concept));
  const told = labels.flatMap((concept) => subjectsOf(typed, concept));
  const named = [...othersOf(typed, asked), ...told];
  if (!wanted || !named.length || quantities.length) return new Map();
  const isAboutAll = ({ about }) => named.every((subject) => about.includes(subject));
  const found = [...typed.facts.keys()].filter((fact) => isAboutAll(typed.facts[fact]))
    .map((fact) => [fact, placesOf(typed, fact, wanted)])
    .filter(([, places]) => places.length);
  const keys = found.flatMap(([fact, places]) =>
    places.map((at) => typed.facts[fact].values[at].key)
  );
  return new Map(new Set(keys).size > 1 ? found : []);
}

function kindsOf(typed, asked) {
  const named = asked.concepts.flatMap((concept) => subjectsOf(typed, concept));
  return asked.kinds.filter((kind) => !named.some((subject) => typed.kinds[subject] === kind));
}

/**
 * The subjects that a row is named by: those of one kind that the question does not name, of which
 * no other fact says such a value. Else the fact's title, which tells the condition.
 */
function rowSubjects(typed, fact, asked, places) {
  const { about, values } = typed.facts[fact];
  const sorts = places.map((at) => sortOf(values[at]));
  const saysSuch = (other) => other.values.some((value) => sorts.includes(sortOf(value)));
  const others = typed.facts.filter((other, at) => at !== fact && saysSuch(other));
  const said = others.flatMap((other) => other.about);
  const own = about.filter((s) => !asked.concepts.includes(s) && !said.includes(s));
  return unique(own.map((subject) => typed.kinds[subject])).length === 1 ? own : [];
}

/** Tells whether facts about one thing say different values of one sort. */
function isConditional(typed, facts) {
  const said = new Map();
  for (const { values } of facts.map((fact) => typed.facts[fact])) {
    for (const sort of unique(values.map(sortOf))) {
      const keys = values.filter((value) => sortOf(value) === sort).map(({ key }) => key);
      said.set(sort, [...(said.get(sort) ?? []), unique(keys).sort().join()]);
    }
  }
  return [...said.values()].some((keys) => unique(keys).length > 1);
}

function differ(one, other) {
  return one.values.some((mine) =>
    other.values.some((theirs) => mine.kind === theirs.kind && mine.key !== theirs.key)
  );
}
