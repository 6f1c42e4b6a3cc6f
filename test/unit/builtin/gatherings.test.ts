import { createCast } from '../../../scripts/builtin/fictional/cast';
import { fictionalGatherings } from '../../../scripts/builtin/fictional/gatherings';
import { createNumbering } from '../../../scripts/builtin/fictional/pen';
import { createRandom } from '../../../scripts/builtin/fictional/random';

const cast = createCast(createRandom(1), 1);
const [hood] = cast.neighbourhoods;
if (!hood) throw new Error('There is no neighbourhood.');

/** The processes of a neighbourhood whose granting body has this id. */
const processesOf = (id: string) => {
  const pen = { random: createRandom(2), numbered: createNumbering() };
  const there = { ...hood, granting: { ...hood.granting, id } };
  return [...fictionalGatherings(pen, there, cast)].flatMap((record) =>
    record.kind === 'policy-process' ? [record.id] : [],
  );
};

it('gives each neighbourhood processes of its own, beyond ten thousand bodies too', () => {
  const all = ['PG-FICTIONAL-0010', 'PG-FICTIONAL-110010'].flatMap(processesOf);
  expect(all).toHaveLength(10);
  expect(new Set(all).size).toBe(all.length);
});
