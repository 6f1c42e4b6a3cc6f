import { setTimeout } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';

/** As much of an element as the page's script uses. */
class Element {
  children: Element[] = [];
  className = '';
  hidden = false;
  href = '';
  private words = '';

  constructor(readonly tag: string) {}

  get textContent(): string {
    return this.words + this.children.map((child) => child.textContent).join('');
  }
  set textContent(words: string) {
    this.words = words;
    this.children = [];
  }
  append(...children: Element[]): void {
    this.children.push(...children);
  }
  querySelector(selector: string): Element | null {
    for (const child of this.children) {
      const found =
        `.${child.className}` === selector || child.tag === selector
          ? child
          : child.querySelector(selector);
      if (found) return found;
    }
    return null;
  }
}

/**
 * Opens the page at `/` and waits until its script has done all it does.
 * @param get what the page's server answers to a request.
 */
export const openPage = async (
  get: (url: string, request?: { method?: string; body?: string }) => Promise<string>,
) => {
  const html = await get('/');
  const root = new Element('body');
  const table = new Element('table');
  const rows = new Element('tbody');
  table.hidden = true;
  table.append(rows);
  root.append(table);
  const byId = new Map(
    [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => [id, new Element('p')]),
  );
  let waiting = 0;
  const context = {
    document: {
      createElement: (tag: string) => new Element(tag),
      getElementById: (id: string) => byId.get(id) ?? null,
      querySelector: (selector: string) => root.querySelector(selector),
    },
    fetch: async (url: string, request?: { method?: string; body?: string }) => {
      waiting += 1;
      const text = await get(url, request).finally(() => (waiting -= 1));
      return { json: async () => JSON.parse(text) as unknown };
    },
  };
  runInNewContext(await get('/dashboard.js'), context);
  for (let quiet = 0; quiet < 3; quiet = waiting > 0 ? 0 : quiet + 1) await setTimeout(10);
  return {
    text: (id: string) => byId.get(id)?.textContent,
    rows: () => rows.children.map((row) => row.children.map((cell) => cell.textContent)),
    isShown: () => !table.hidden,
  };
};
