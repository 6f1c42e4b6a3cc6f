/** Who may import whom. The README's picture of the parts, as rules. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'subgraphs-are-strangers',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/', pathNot: '^subgraphs/shared/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/($1|shared)/' },
    },
    {
      name: 'the-kernel-knows-no-subject',
      severity: 'error',
      from: { path: '^subgraphs/shared/' },
      to: { path: '^(subgraphs|gateway|scripts|test)/', pathNot: '^subgraphs/shared/' },
    },
    {
      name: 'outsiders-use-the-front-door',
      severity: 'error',
      from: { path: '^(gateway|scripts)/' },
      to: { path: '^subgraphs/[^/]+/', pathNot: '^subgraphs/(shared/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'resolvers-do-not-query',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: '(\\.store\\.ts$|node_modules/knex)' },
    },
    {
      name: 'only-stores-know-sql',
      severity: 'error',
      from: {
        path: '^(gateway|subgraphs|scripts)/',
        pathNot:
          '(\\.store\\.ts$|/migrations/|^subgraphs/shared/|^subgraphs/[^/]+/(index|context|write)\\.ts$)',
      },
      to: { path: 'node_modules/knex' },
    },
    {
      name: 'gateway-rooms-are-apart',
      severity: 'error',
      from: { path: '^gateway/([^/]+)/' },
      to: { path: '^gateway/[^/]+/', pathNot: '^gateway/$1/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(gateway|subgraphs|scripts)/' },
      to: { path: '^test/' },
    },
    {
      name: 'nothing-imports-scripts',
      severity: 'error',
      from: { path: '^(gateway|subgraphs)/' },
      to: { path: '^scripts/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
