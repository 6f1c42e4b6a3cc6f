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

const ask = async (query, variables) => {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await answer.json()).data;
};

/** What the lists of the graph hold of one source. */
const HOLDINGS = `query Holdings($of: [ID!]!) {
  organisations(filter: { sources: $of }) { totalCount }
  networks(filter: { sources: $of }) { totalCount }
  convenings(filter: { sources: $of }) { totalCount }
  activities(filter: { sources: $of }) { totalCount }
  flows(filter: { sources: $of }) { totalCount }
  documents: policyDocuments(filter: { sources: $of }) { totalCount }
  processes: policyProcesses(filter: { sources: $of }) { totalCount }
}`;

const holdingsOf = async (id) => {
  const data = await ask(HOLDINGS, { of: [id] });
  const parts = Object.entries(data ?? {})
    .filter(([, list]) => list?.totalCount > 0)
    .map(([name, { totalCount }]) => `${totalCount.toLocaleString('en')} ${name}`);
  return parts.length > 0 ? parts.join(', ') : 'reference data';
};

const show = async () => {
  const state = document.getElementById('state');
  try {
    const data = await ask(QUERY);
    if (!data?.sources) throw new Error('no sources in the answer');
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
      holds.textContent = await holdingsOf(id).catch(() => 'not known at the moment');
    }
  } catch {
    state.textContent = 'The list of sources could not be had. Reload to ask again.';
    state.className = 'failed';
  }
};
void show();
