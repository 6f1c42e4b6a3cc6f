const QUERY = '{ sources { id title url publisherName licence fictional retrievedAt } }';

const cell = (text, className) => {
  const td = document.createElement('td');
  td.textContent = text;
  if (className) td.className = className;
  return td;
};

const titleOf = ({ title, url, fictional }) => {
  const td = cell('');
  const words = document.createElement(url ? 'a' : 'span');
  words.textContent = title;
  if (url) words.href = url;
  td.append(words);
  if (fictional) {
    const mark = document.createElement('span');
    mark.className = 'mark';
    mark.textContent = 'FICTIONAL';
    td.append(mark);
  }
  return td;
};

const listOf = (words) =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');

/** What the parts of the graph hold, and the words for it. */
const PARTS = {
  organisations: ['the list of sources', 'organisations', 'countries'],
  networks: ['networks', 'convenings'],
  funding: ['activities', 'flows'],
  policy: ['policy documents', 'policy processes'],
};
const absent = new Set();

/** Says in words which parts do not answer. */
const note = (names) => {
  for (const name of names) absent.add(name);
  const parts = [...absent].map((name) => `${name} (${listOf(PARTS[name] ?? ['its part'])})`);
  document.getElementById('missing').textContent =
    parts.length === 0
      ? ''
      : `Not answering at the moment: ${listOf(parts)}. Everything else is shown as it is.`;
};

const ask = async (query, variables) => {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, extensions } = await answer.json();
  const missing = (extensions?.sources?.asked ?? []).filter(
    ({ status }) => status !== 'ok' && status !== 'stale',
  );
  if (missing.length > 0) note(missing.map(({ name }) => name));
  return data;
};

/** Asks the gateway which parts are down, before any answer lacks them. */
const askReadiness = async () => {
  const { sources } = await (await fetch('/readyz')).json();
  note(Object.keys(sources).filter((name) => sources[name] !== 'up'));
};

/** The lists that each part of the graph has, by the words for what is in them. */
const LISTS = {
  organisations: { organisations: 'organisations' },
  networks: { networks: 'networks', convenings: 'convenings' },
  funding: { activities: 'activities', flows: 'flows' },
  policy: { documents: 'policyDocuments', processes: 'policyProcesses' },
};

/** What the lists hold, of one source or in all; those of parts that do not answer are not asked for. */
const holdingsOf = async (id) => {
  const present = Object.keys(LISTS).filter((part) => !absent.has(part));
  const fields = present.flatMap((part) =>
    Object.entries(LISTS[part]).map(
      ([words, list]) =>
        `${words}: ${list}${id === undefined ? '' : '(filter: { sources: $of })'} { totalCount }`,
    ),
  );
  if (fields.length === 0) throw new Error('nothing answers');
  const head = id === undefined ? '' : '($of: [ID!]!)';
  const data = await ask(`query Holdings${head} { ${fields.join(' ')} }`, { of: [id] });
  if (data) return data;
  // A part went since it was last seen: the others are asked alone.
  if (present.some((part) => absent.has(part))) return holdingsOf(id);
  throw new Error('no answer');
};

const inWords = (data, nothing) => {
  const held = Object.entries(data)
    .filter(([, { totalCount }]) => totalCount > 0)
    .map(([words, { totalCount }]) => `${totalCount.toLocaleString('en')} ${words}`);
  const unknown = [...absent].flatMap((part) => Object.keys(LISTS[part] ?? {}));
  if (unknown.length === 0) return held.join(', ') || nothing;
  return [held.join(', '), `${listOf(unknown)} not known at the moment`].filter(Boolean).join('; ');
};

/** The list of sources is of one part of the graph; without it the rest can still be counted. */
const showWithoutSources = async (state) => {
  if (!absent.has('organisations')) throw new Error('no sources in the answer');
  const words = inWords(await holdingsOf(), 'nothing');
  state.textContent = `The list of sources cannot be had at the moment. The graph holds ${words}.`;
};

const show = async () => {
  const state = document.getElementById('state');
  try {
    await askReadiness().catch(() => undefined);
    const data = await ask(QUERY);
    if (!data?.sources) {
      await showWithoutSources(state);
      return;
    }
    if (data.sources.length === 0) {
      state.textContent = 'There is no data yet. Import some, and it shows here.';
      return;
    }
    const rows = data.sources.map((source) => {
      const tr = document.createElement('tr');
      tr.append(
        titleOf(source),
        cell(source.publisherName ?? '—'),
        cell(source.licence),
        cell('…', 'holdings'),
        cell(source.retrievedAt.slice(0, 10), 'date'),
      );
      return tr;
    });
    document.querySelector('tbody').append(...rows);
    document.querySelector('table').hidden = false;
    state.textContent = `${rows.length} ${rows.length === 1 ? 'source' : 'sources'} in the graph.`;
    // One after another: what a source holds is worth a wait, not a crowd of queries.
    for (const [index, { id }] of data.sources.entries()) {
      const holds = rows[index].querySelector('.holdings');
      holds.textContent = await holdingsOf(id).then(
        (data) => inWords(data, 'reference data'),
        () => 'not known at the moment',
      );
    }
  } catch {
    state.textContent = 'The list of sources could not be had. Reload to ask again.';
    state.className = 'failed';
  }
};
void show();
