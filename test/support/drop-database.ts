import { placeOf, runOn } from './postgres';

/** After them: drops it, with all that tests left there. */
export = async (_: unknown, config: Parameters<typeof placeOf>[0]): Promise<void> => {
  const { server, name } = placeOf(config);
  await runOn(server, [`drop database ${name} with (force)`]);
};
