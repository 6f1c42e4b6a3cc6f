import { compareTexts } from '../../shared/ids';
import { proportionOf } from '../../shared/proportion';
import type { TiesLoader } from '../ties/ties.loader';
import type { SubmissionLoader } from './submission.loader';
import type { MembersVoice } from './voice';

/** How far a body's submissions rest on its members, on a day. */
export const createVoiceLoader =
  (submissions: SubmissionLoader, ties: TiesLoader) =>
  async (id: string, asOf: string): Promise<MembersVoice> => {
    const members = await ties.reachOf(id, asOf);
    const cited = await Promise.all(
      (await submissions.allByOrganisation(id)).map((submission) =>
        submissions.cited(submission.id),
      ),
    );
    const membersCited = new Set(cited.flat().filter((body) => members.has(body)));
    const regions = new Map<string, string[]>();
    let withoutRegion = 0;
    const profiles = await Promise.all([...members].map((member) => ties.profile.load(member)));
    for (const [index, member] of [...members].entries()) {
      const codes = profiles[index]?.regions ?? [];
      if (codes.length === 0) withoutRegion += 1;
      for (const code of codes) regions.set(code, [...(regions.get(code) ?? []), member]);
    }
    return {
      asOf,
      citing: proportionOf(
        cited.filter((bodies) => bodies.some((body) => members.has(body))).length,
        cited.length,
      ),
      cited: proportionOf(membersCited.size, members.size),
      citesOthers: cited.flat().filter((body) => !members.has(body)).length,
      withoutRegion,
      regionVoices: [...regions]
        .sort(([a], [b]) => compareTexts(a, b))
        .map(([regionCode, within]) => ({
          regionCode,
          members: within.length,
          cited: within.filter((member) => membersCited.has(member)).length,
          submissions: cited.filter((bodies) => bodies.some((body) => within.includes(body)))
            .length,
        })),
    };
  };
export type VoiceLoader = ReturnType<typeof createVoiceLoader>;
