import path from 'node:path';
import type { Command } from 'commander';
import { type Language, makePartnerFolder } from '../partner/make-folder';

const nextSteps = (folder: string, language: Language) => `
A small working subgraph is in ${folder}. Its data is fictional; put yours in its place.

  ${language === 'node' ? `cd ${folder} && npm install && npm test` : `cd ${folder} && python3 -m unittest`}
  npm run cli -- partner dev ${folder}           a graph on this machine, with yours in it
  npm run cli -- partner conformance ${folder}   asked from outside, as the gateway will

Its README.md says how it is served, and which rules the graph keeps.
`;

/** `partner init`: a folder with a small working subgraph. */
export const addPartnerInit = (partner: Command): void => {
  partner
    .command('init')
    .description('Make a folder with a small working subgraph, its tests and a README.')
    .argument('<name>', 'the partner’s name, as `willow-web`')
    .option('--python', 'in Python with its standard library alone, in place of Node')
    .option('--dir <folder>', 'where; default: a folder of that name here')
    .action(async (name: string, { python, dir }: { python?: boolean; dir?: string }) => {
      const folder = dir ?? name;
      const language = python ? 'python' : 'node';
      await makePartnerFolder(name, path.resolve(folder), language);
      process.stdout.write(nextSteps(folder, language));
    });
};
