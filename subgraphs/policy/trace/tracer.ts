import type { FactRow } from '../../shared/facts';
import { compareTexts } from '../../shared/ids';
import type { Verification } from '../../shared/provenance';
import { namesUnseen, provenanceOf } from '../../shared/references';
import type { PolicyContext } from '../context';
import { ParticipationRole } from '../participation/participation';
import type { PolicyProcess, ProcessRow } from '../process/process';
import { processProvenance } from '../process/provenance';
import { type TraceHop, type TracePoint, TraceStep } from './trace';

const hop = (
  step: TraceStep,
  from: TracePoint | null,
  to: TracePoint | null,
  more: Partial<TraceHop> = {},
): TraceHop => ({
  step,
  from,
  to,
  date: null,
  verification: null,
  provenance: null,
  missing: null,
  ...more,
});

/** A step of which a record of a process tells. */
const byRecord = async (row: ProcessRow, context: PolicyContext): Promise<Partial<TraceHop>> => ({
  verification: row.verification as Verification | null,
  provenance: (await processProvenance([row], context)).get(row.id) ?? null,
});

/** What paid for a convening; nothing, if its record names a body that the viewer may not see. */
const payersOf = async ({ data }: FactRow, { bodies }: PolicyContext): Promise<string[]> => {
  const { fundedBy, named } = JSON.parse(data) as { fundedBy: string[]; named: string[] };
  return (await namesUnseen(named, bodies)) ? [] : fundedBy;
};

/** Follows a process back to the money and on to the documents, step by step, over records alone. */
export const traceOf = async (
  process: PolicyProcess,
  context: PolicyContext,
): Promise<TraceHop[]> => {
  const { processes, documents, participations, ties, bodies } = context;
  const preparing = await processes.known(await processes.allPreparing.load(process.id));
  const all = [process, ...preparing];

  const funders = async (): Promise<TraceHop[]> => {
    const found = (
      await Promise.all(
        all.map(async (one) =>
          (await participations.allByProcess.load(one.id))
            .filter(({ role }) => role === ParticipationRole.FUNDER)
            .map((participation) => ({ participation, process: one })),
        ),
      )
    ).flat();
    const hops = await Promise.all(
      found.map(async ({ participation, process: to }) => {
        const { organisationKey, forNetworkKey, stamp, from } = participation;
        const id = await bodies.idOf.load(organisationKey);
        return id === null
          ? []
          : hop(
              TraceStep.FUNDER,
              { organisation: { id } },
              { process: to },
              {
                date: from,
                verification: stamp.verification as Verification | null,
                provenance: await provenanceOf(stamp, [organisationKey, forNetworkKey], bodies),
              },
            );
      }),
    );
    return hops.flat();
  };

  const conveningsTo = async () =>
    (
      await Promise.all(
        all.map(async (one) =>
          (await ties.conveningsOf.load(one.id)).map((fact) => ({ fact, process: one })),
        ),
      )
    )
      .flat()
      .sort((a, b) =>
        compareTexts(
          `${a.fact.from_date ?? ''} ${a.fact.record}`,
          `${b.fact.from_date ?? ''} ${b.fact.record}`,
        ),
      );

  const convenings = await conveningsTo();
  const held = convenings.map(({ fact, process: to }) =>
    hop(
      TraceStep.CONVENING,
      { convening: { id: fact.subject_key } },
      { process: to },
      {
        date: fact.from_date || null,
        verification: fact.verification as Verification | null,
      },
    ),
  );
  const distinct = [...new Map(convenings.map(({ fact }) => [fact.record, fact])).values()];
  const granted = (
    await Promise.all(
      distinct.map(async (fact): Promise<TraceHop[]> => {
        const convening = { convening: { id: fact.subject_key } };
        const paid = (await payersOf(fact, context)).map((identifier) =>
          hop(
            TraceStep.GRANT,
            { activityIdentifier: identifier, activity: { identifier } },
            convening,
            { verification: fact.verification as Verification | null },
          ),
        );
        return paid.length > 0
          ? paid
          : [
              hop(TraceStep.GRANT, null, convening, {
                missing:
                  'No grant or activity is shown that paid for this convening: its record names none, or names a body that you may not see.',
              }),
            ];
      }),
    )
  ).flat();

  const prepared = await Promise.all(
    preparing.map(async (from) => {
      const towards = await Promise.all(from.rows.map(({ id }) => processes.towards.load(id)));
      const row = from.rows.find((_, index) => towards[index]?.includes(process.id));
      return hop(
        TraceStep.CONSULTATION,
        { process: from },
        { process },
        {
          date: from.period?.from ?? from.adoptedOn,
          ...(row && (await byRecord(row, context))),
        },
      );
    }),
  );

  const implemented = async (): Promise<TraceHop[]> => {
    const named = await Promise.all(
      process.rows.map(async (row) => ({ row, symbols: await processes.symbols.load(row.id) })),
    );
    const symbols = [...new Set(named.flatMap(({ symbols }) => symbols))].sort(compareTexts);
    return Promise.all(
      symbols.map(async (symbol) => {
        const row = named.find(({ symbols }) => symbols.includes(symbol))?.row;
        const document = await documents.bySymbol.load(symbol);
        return hop(TraceStep.DOCUMENT, { process }, document && { document }, {
          date: process.adoptedOn,
          ...(row && (await byRecord(row, context))),
          ...(document === null && { missing: `The document ${symbol} is not on record itself.` }),
        });
      }),
    );
  };

  const missing = (
    hops: readonly TraceHop[],
    step: TraceStep,
    says: string,
    [from, to]: [TracePoint | null, TracePoint | null] = [null, { process }],
  ): readonly TraceHop[] => (hops.length > 0 ? hops : [hop(step, from, to, { missing: says })]);

  return [
    ...missing(
      await funders(),
      TraceStep.FUNDER,
      'No record names a body that paid so that others could take part.',
    ),
    ...missing(
      granted,
      TraceStep.GRANT,
      'No convening is on record, so no grant that paid for one can be.',
      [null, null],
    ),
    ...missing(
      held,
      TraceStep.CONVENING,
      'No convening towards it, or towards a process that prepared it, is on record.',
    ),
    ...missing(
      prepared,
      TraceStep.CONSULTATION,
      'No process that prepared it, such as a consultation, is on record.',
    ),
    ...missing(
      await implemented(),
      TraceStep.DOCUMENT,
      'No record says which document it puts into practice.',
      [{ process }, null],
    ),
  ];
};
