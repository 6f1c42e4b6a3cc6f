import { BrokenFile } from '../../../scripts/import/broken-file';
import { type JsonRecord, readJson } from '../../../scripts/import/json';

/** A text in chunks of some length, so that tokens are cut. */
async function* inChunks(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const readAll = async (text: string, paths: string[], size = 7): Promise<JsonRecord[]> => {
  const records: JsonRecord[] = [];
  for await (const record of readJson(inChunks(text, size), 'a.json', paths)) records.push(record);
  return records;
};

const TEXT = `{
  "meta": {"count": 2},
  "data": {
    "flows": [
      {"id": "ä1", "inner": {"x": [1, 2.50]}}, {"id": "two",
        "tail": null},
      "three"
    ]
  }
}
`;

describe('JSON read as it comes', () => {
  it.each([1, 2, 7, 1000])(
    'yields what is at the paths with its line, in chunks of %i',
    async (size) => {
      expect(await readAll(TEXT, ['$.data.flows.*', '$.meta'], size)).toEqual([
        { value: { count: 2 }, path: ['meta'], line: 2 },
        { value: { id: 'ä1', inner: { x: [1, 2.5] } }, path: ['data', 'flows', 0], line: 5 },
        { value: { id: 'two', tail: null }, path: ['data', 'flows', 1], line: 5 },
        { value: 'three', path: ['data', 'flows', 2], line: 7 },
      ]);
    },
  );

  it.each([
    ['a text that is no JSON', '{"grants": [\n{"id": x}]}', /line 2.*not well-formed JSON/],
    ['a list that is not closed', '{"grants": [\n{"id": 1},\n', /line 3.*ends in the middle/],
    ['something after the end', '{"grants": []}\n{}', /line 2.*not well-formed JSON/],
  ])('refuses %s, and says where', async (_what, text, message) => {
    const reading = readAll(text, ['$.grants.*']);
    await expect(reading).rejects.toThrow(BrokenFile);
    await expect(reading).rejects.toThrow(message);
  });
});
