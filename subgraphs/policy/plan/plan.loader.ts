import DataLoader from 'dataloader';
import { today } from '../../shared/dates';
import { hashOf } from '../../shared/ids';
import type { Agenda } from '../../shared/vocabulary';
import type { PolicyProcess } from '../process/process';
import type { ProcessLoader } from '../process/process.loader';
import type { CountryPlans } from './plan';
import { standingOf } from './plans';

const countryOf = ({ rows }: PolicyProcess): string | null =>
  rows.find(({ country }) => country !== null)?.country ?? null;

export const createPlanLoader = (processes: ProcessLoader) => {
  const loaders = new Map<string, DataLoader<string, CountryPlans>>();
  const byCountry = async (agenda: Agenda, countries: readonly string[] | null) => {
    const plans = await processes.known(await processes.plans(agenda, countries));
    const found = new Map<string, PolicyProcess[]>();
    for (const plan of plans) {
      const country = countryOf(plan);
      if (country !== null) found.set(country, [...(found.get(country) ?? []), plan]);
    }
    return found;
  };
  return {
    /** Where one country stands. */
    of: (country: string, agenda: Agenda, asOf: string | undefined): Promise<CountryPlans> => {
      const day = asOf ?? today();
      const name = hashOf(agenda, day);
      const loader =
        loaders.get(name) ??
        new DataLoader<string, CountryPlans>(async (countries) => {
          const found = await byCountry(agenda, countries);
          return countries.map((code) => standingOf(code, agenda, found.get(code) ?? [], day));
        });
      loaders.set(name, loader);
      return loader.load(country);
    },

    /** Where every country with a plan on record stands, by code. */
    all: async (agenda: Agenda, asOf: string | undefined): Promise<CountryPlans[]> => {
      const day = asOf ?? today();
      const found = await byCountry(agenda, null);
      return [...found]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, plans]) => standingOf(code, agenda, plans, day));
    },
  };
};
export type PlanLoader = ReturnType<typeof createPlanLoader>;
