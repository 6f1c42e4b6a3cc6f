const QUERY = '{ sources { title url publisherName licence fictional records retrievedAt } }';

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

const show = async () => {
  const state = document.getElementById('state');
  try {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    });
    const { data } = await answer.json();
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
        cell(source.records.toLocaleString('en'), 'number'),
        cell(source.retrievedAt.slice(0, 10)),
      );
      return tr;
    });
    document.querySelector('tbody').append(...rows);
    document.querySelector('table').hidden = false;
    state.textContent = `${rows.length} ${rows.length === 1 ? 'source' : 'sources'} in the graph.`;
  } catch {
    state.textContent = 'The list of sources could not be had. Reload to ask again.';
    state.className = 'failed';
  }
};
void show();
