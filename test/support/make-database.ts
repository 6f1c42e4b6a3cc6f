import { madeForTests, placeOf, runOn } from './postgres';

/** Before the tests on PostgreSQL: makes the database of the run. */
export = async (_: unknown, config: Parameters<typeof placeOf>[0]): Promise<void> => {
  const { server, name } = placeOf(config);
  await runOn(server, madeForTests(name));
};
