import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { BrokenFile } from './broken-file';

/** One file to import, opened when it is its turn. */
export interface Input {
  /** The path or address, as the person wrote it. */
  name: string;
  /** Bytes in all, or null where nobody says. */
  size: number | null;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

const FETCH_DEADLINE_MS = 60_000;

const fetched = (address: string): Input => ({
  name: address,
  size: null,
  open: async () => {
    let answer: Response;
    try {
      answer = await fetch(address, { signal: AbortSignal.timeout(FETCH_DEADLINE_MS) });
    } catch (error) {
      throw new BrokenFile(address, 'the address', `it did not answer: ${String(error)}`);
    }
    if (!answer.ok || !answer.body)
      throw new BrokenFile(address, 'the address', `it answered ${answer.status}.`);
    return answer.body as unknown as AsyncIterable<Uint8Array>;
  },
});

/**
 * The files that paths, folders and http(s) addresses mean: of a folder, those with the extension, by
 * name.
 * @throws BrokenFile if a path does not exist.
 */
export const inputsOf = async (
  places: readonly string[],
  extensions: readonly string[],
): Promise<Input[]> => {
  const inputs: Input[] = [];
  for (const place of places) {
    if (/^https?:\/\//.test(place)) {
      inputs.push(fetched(place));
      continue;
    }
    const found = await stat(place).catch(() => null);
    if (!found) throw new BrokenFile(place, 'the path', 'there is no such file or folder.');
    const files = found.isDirectory()
      ? (await readdir(place))
          .filter((name) => extensions.includes(path.extname(name).toLowerCase()))
          .sort()
          .map((name) => path.join(place, name))
      : [place];
    if (files.length === 0)
      throw new BrokenFile(place, 'the folder', `it holds no ${extensions.join(' or ')} file.`);
    for (const file of files) {
      inputs.push({
        name: file,
        size: (await stat(file)).size,
        open: async () => createReadStream(file),
      });
    }
  }
  return inputs;
};

/** When an input was taken from its source, ISO 8601: the file's own time; now, for an address. */
export const takenAt = async ({ name }: Input): Promise<string> =>
  (/^https?:/.test(name) ? new Date() : (await stat(name)).mtime).toISOString();

const ENCODING = /^<\?xml[^>]*encoding=["']([\w-]+)["']/;

/** The text of a stream of bytes: UTF-8 or UTF-16 by its mark, else what an XML declaration names, else UTF-8. */
export async function* decode(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of bytes) {
    if (!decoder) {
      const head = Buffer.from(chunk.subarray(0, 200)).toString('latin1');
      const utf16 = head.startsWith('\xFF\xFE')
        ? 'utf-16le'
        : head.startsWith('\xFE\xFF')
          ? 'utf-16be'
          : null;
      const label = utf16 ?? ENCODING.exec(head.replace(/^\xEF\xBB\xBF/, ''))?.[1] ?? 'utf-8';
      try {
        decoder = new TextDecoder(label, { fatal: true });
      } catch {
        throw new BrokenFile(file, 'line 1', `nobody here knows the encoding ${label}.`);
      }
    }
    try {
      yield decoder.decode(chunk, { stream: true });
    } catch {
      throw new BrokenFile(
        file,
        'its bytes',
        `they are not ${decoder.encoding}, which it says it is.`,
      );
    }
  }
  if (!decoder) throw new BrokenFile(file, 'line 1', 'it is empty.');
}
