import { isDeepStrictEqual } from 'node:util';
import type { SourcesExtension } from '../../gateway/sources';
import { BODIES } from './world';

/** What a page of somebody's asks: ours, and both partners'. */
export const QUESTION = `{
  organisations(first: 20) {
    nodes {
      id
      name
      willowWeb_motto
      willowWeb_score
      willowWeb_mood
      willowWeb_trainings { title seats by { id name } }
      elmNet_motto
    }
  }
  willowWeb_news
}`;

export interface Answer {
  data?: {
    organisations: { nodes: Record<string, unknown>[] } | null;
    willowWeb_news?: string | null;
  } | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  extensions?: { sources?: SourcesExtension };
}

const oursOf = ({ id, name, elmNet_motto }: Record<string, unknown>) => ({
  id,
  name,
  elmNet_motto,
});
const RIGHT = BODIES.map((id) => ({ id, name: `Body ${id}`, elmNet_motto: `The elm of ${id}` }));

/** What of an answer is not as it has to be, whatever a partner does; nothing if all is. */
export const faultsIn = (answer: Answer): string[] => {
  const nodes = answer.data?.organisations?.nodes;
  const text = JSON.stringify(answer);
  const faults: string[] = [];
  if (!nodes) faults.push('all is lost');
  else if (!isDeepStrictEqual(nodes.map(oursOf), RIGHT)) faults.push('our values differ');
  if (/s3cret|evil|SELECT/.test(text)) faults.push('its words are passed on');
  if (text.length > 100_000) faults.push(`${Math.round(text.length / 1000)} kB`);
  return faults;
};

/** What the client is told of the partner, by ways that it can rely on. */
export const toldOf = ({ extensions, errors = [] }: Answer) => {
  const report = extensions?.sources?.asked.find(({ name }) => name === 'willow-web');
  return {
    status: report?.status ?? null,
    paths: report?.paths ?? [],
    errors: errors.map(
      ({ extensions: more = {} }) => `${String(more.code)} ${String(more.source)}`,
    ),
  };
};
