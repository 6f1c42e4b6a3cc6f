import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');
const run = promisify(execFile);

describe('the command line', () => {
  it.each([
    [[], /serve.*import.*runs.*verify.*backup.*restore/s],
    [['import'], /iati.*360giving.*fts.*statements.*codelists.*org-id.*countries.*rates/s],
    [['import', 'iati'], /--source.*--json/s],
    [['import', '360giving'], /--source.*--title.*--licence.*--json/s],
    [['import', 'fts'], /all pages of one search together.*--source.*--title.*--licence.*--json/s],
    [['import', 'statements'], /JSON Lines/],
    [['import', 'rates'], /a file replaces what was there/],
    [['runs'], /--last/],
    [['explain'], /--as-of.*--months.*--rule.*--json/s],
    [['sensitivity'], /--rule.*--against.*--as-of.*--months.*--json/s],
    [['keys'], /create.*list.*revoke.*rotate/s],
    [['keys', 'create'], /--label.*--tier.*--expires.*--owner/s],
    [['keys', 'rotate'], /--overlap/],
    [
      ['partner'],
      /init.*dev.*conformance.*add.*trust.*check.*publish.*approve.*refuse.*list.*status.*rollback.*retire.*quarantine.*readmit.*history.*key.*add-feed.*feeds.*fetch-feed.*remove-feed/s,
    ],
    [['partner', 'publish'], /--registry.*--key-file.*--url.*--sdl.*--licence.*--answer-key/s],
    [['partner', 'key'], /list.*create.*rotate.*revoke/s],
    [['partner', 'add-feed'], /--registry.*--kind.*--name.*--publisher.*--every.*--licence/s],
    [['partner', 'fetch-feed'], /--accept/],
    [['partner', 'remove-feed'], /--reason/],
    [['feeds'], /--look.*--withdraw/s],
    [['registry'], /log.*verify.*supergraphs.*rollback/s],
    [['partner', 'init'], /--python.*--dir/s],
    [['partner', 'dev'], /folder.*address.*--name.*--key.*--registry/s],
    [['partner', 'conformance'], /--name.*--key.*--keys.*--out.*--json/s],
    [['serve'], /over HTTP/],
    [['verify'], /hash/],
    [['backup'], /as of one moment.*--keys/s],
    [['restore'], /--verify-only.*--replace.*--keys/s],
    [['db', 'copy'], /--from.*--to.*--replace/s],
    [['load'], /built-in data/],
    [['subgraph'], /organisations, networks, funding, policy/],
    [['distributed'], /process of its own/],
    [['signing-key'], /private key/],
  ])('explains %j', async (args, words) => {
    const { stdout } = await run(process.execPath, [PROGRAM, ...args, '--help']);
    expect(stdout).toMatch(words);
  });
});
