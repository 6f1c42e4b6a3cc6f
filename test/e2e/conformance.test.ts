import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openGraph } from '../../gateway/graph';
import { BUILTIN_KEYS } from '../../gateway/registry/conformance/default-keys';
import { PROBE_LIMITS, runConformance } from '../../gateway/registry/conformance/run';
import { createProbe } from '../../gateway/supergraph/probe';
import { loadBuiltins } from '../../scripts/builtin/load';
import { ownHeaders } from '../../scripts/partner/own-headers';
import { createSigningKey } from '../../subgraphs/shared/http/keys';
import { openProcesses } from '../support/processes';

const STARTS = 120_000;
const KEY = createSigningKey();

let folder: string;
let five: Awaited<ReturnType<typeof openProcesses>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  const graph = await openGraph(folder);
  await loadBuiltins(graph);
  await graph.close();
  five = await openProcesses({ DATA_DIR: folder, DATABASE_URL: '' }, KEY);
}, STARTS);
afterAll(async () => {
  await five.close();
  await rm(folder, { recursive: true });
}, STARTS);

describe('the graph’s own subgraphs in processes of their own', () => {
  it.each(['organisations', 'networks', 'funding', 'policy'])(
    'keep what is asked of partners: %s',
    async (name) => {
      const at = five.subgraphs.find((one) => one.name === name)?.url ?? '';
      const url = `${at}/graphql`;
      const probe = createProbe(PROBE_LIMITS);
      const { report } = await runConformance({
        name,
        url,
        key: KEY,
        probe,
        deadlineMs: PROBE_LIMITS.deadlineMs,
        keys: BUILTIN_KEYS,
        headers: await ownHeaders({ name, url }, KEY, probe),
      });
      // Warnings too, and nothing left out.
      const wrong = report.report.checks.filter(
        ({ verdict, findings }) => verdict !== 'PASSED' || findings.length > 0,
      );
      expect(wrong).toEqual([]);
    },
  );
});
