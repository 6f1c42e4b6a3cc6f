// Starts the subgraph: node index.mjs --keys keys/gateway.json [--port 4100] [--host 127.0.0.1]
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createVerifier, readKeys } from './peacegraph-signature.mjs';
import { createPartnerServer, name } from './server.mjs';

const { values } = parseArgs({
  options: {
    keys: { type: 'string' },
    unsigned: { type: 'boolean', default: false },
    'answer-key': { type: 'string' },
    port: { type: 'string', default: '4100' },
    host: { type: 'string', default: '127.0.0.1' },
  },
});
if (Boolean(values.keys) === values.unsigned) {
  console.error(
    'Say whose requests are answered, one of two: --keys keys/gateway.json for the gateway’s alone, or --unsigned for everybody’s, on your own machine.',
  );
  process.exit(1);
}

const verifier = values.unsigned
  ? null
  : createVerifier(name, readKeys(readFileSync(values.keys, 'utf8')));
const answerKey = values['answer-key']
  ? createPrivateKey(readFileSync(values['answer-key'], 'utf8'))
  : null;
const server = createPartnerServer({ verifier, answerKey });
server.listen(Number(values.port), values.host, () => {
  const { address, port } = server.address();
  console.log(`${name} serves at http://${address}:${port}/graphql`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
