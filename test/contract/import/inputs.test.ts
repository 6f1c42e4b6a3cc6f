import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BrokenFile } from '../../../scripts/import/broken-file';
import { decode, inputsOf } from '../../../scripts/import/inputs';

let server: Server;
let address: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/file.xml') response.end('<a>Élan</a>');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const read = async (place: string): Promise<string> => {
  const [input] = await inputsOf([place], ['.xml']);
  if (!input) throw new Error('no input');
  let text = '';
  for await (const part of decode(await input.open(), input.name)) text += part;
  return text;
};

describe('files to import', () => {
  it('may be http addresses', async () => {
    expect(await read(`${address}/file.xml`)).toBe('<a>Élan</a>');
  });

  it('are broken where the address answers with an error, or not at all', async () => {
    await expect(read(`${address}/none.xml`)).rejects.toThrow(/none\.xml.*answered 404/s);
    await expect(read('http://127.0.0.1:1/file.xml')).rejects.toThrow(BrokenFile);
  });

  it.each([
    ['UTF-16', Buffer.from('\uFEFF<a>Élan</a>', 'utf16le')],
    ['ISO-8859-1', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Élan</a>', 'latin1')],
  ])('are read in the encoding they name: %s', async (_name, bytes) => {
    const parts = (async function* () {
      yield bytes;
    })();
    let text = '';
    for await (const part of decode(parts, 'file.xml')) text += part;
    expect(text).toMatch(/<a>Élan<\/a>$/);
  });

  it('that are not in the encoding they name are broken, and say so', async () => {
    const parts = (async function* () {
      yield Buffer.from('<a>Élan</a>', 'latin1');
    })();
    await expect(
      (async () => {
        for await (const part of decode(parts, 'file.xml')) void part;
      })(),
    ).rejects.toThrow(/file\.xml.*not utf-8/s);
  });
});
