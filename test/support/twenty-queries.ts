const BODY = 'id name kind legalForm country { id name } themes { id name } constituencies';
const PROVENANCE =
  'provenance { verification citation record visibility assertedOn source { id title publisherName publisher { name } } }';
const FLOW = `id date kind amount { amount currency } converted(currency: "USD") { amount currency rateDate unavailableBecause }
  provider { id name } receiver { id name } providerBasis receiverBasis purpose { kind basis } flexibility { kind basis }`;

/** Queries over the built-in data that between them go through every subgraph and every join of theirs. */
export const TWENTY_QUERIES: readonly { title: string; query: string }[] = [
  {
    title: 'sources',
    query:
      '{ sources { id title licence fictional records publisherName publisher { id name country { name } } } }',
  },
  {
    title: 'codelists and countries',
    query:
      '{ codelist(name: "TransactionType") { name title source { id } items { code name nameFr status } } countries { id iso3 m49 name nameFr regions { id name } } }',
  },
  {
    title: 'bodies by name',
    query: `{ organisations(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes { ${BODY} } } }`,
  },
  {
    title: 'bodies by words',
    query: `{ organisations(filter: { text: "peace" }, first: 30, orderBy: NAME_DESC) { totalCount edges { cursor node { ${BODY} aliases identifiers { raw recognised scheme value } ${PROVENANCE} } } } }`,
  },
  {
    title: 'a body with its hosts and statements',
    query:
      '{ organisation(id: "PG-FICTIONAL-0010") { name founded city hostedBy { form feePercent from to host { id name } } hosts { form hosted { name } } statements { topic text lang declaredModality selfMade } likelyDuplicates { id } } }',
  },
  {
    title: 'a dashboard',
    query:
      '{ organisations(first: 50, orderBy: ID_ASC) { totalCount nodes { id name country { name } network { members(first: 5) { totalCount nodes { member { name } } } } flowsIn(first: 10) { totalCount nodes { date kind amount { amount currency } provider { name } activity { title } } } flowsOut(first: 10) { totalCount nodes { date kind amount { amount currency } receiver { name } } } participations(first: 5) { totalCount nodes { role process { title implements { symbol } } } } } } }',
  },
  {
    title: 'networks with members, direct',
    query: `{ networks { totalCount nodes { id organisation { ${BODY} hostedBy { form host { name } } } members { totalCount nodes { role from to depth member { name } records { id from to ${PROVENANCE} } } } } } }`,
  },
  {
    title: 'networks with members, expanded',
    query:
      '{ networks(orderBy: ID_ASC) { nodes { id members(reach: EXPANDED, first: 200) { totalCount nodes { depth path { name } member { id name kind } } } memberOf { network { name } role } } } }',
  },
  {
    title: 'who governs, and growth',
    query:
      '{ networks { nodes { organisation { name } governance { bodies { title kind rule seatCount composedByMembers seats { title heldFor holder { name country { name } } nominatedBy { name } } } } growth(interval: YEAR) { period joined left members undated } } } }',
  },
  {
    title: 'convenings',
    query:
      '{ convenings(first: 60) { totalCount nodes { id title kind from to city country { name } themes organisers { name } participants { name kind } } } }',
  },
  {
    title: 'flows, the newest first',
    query: `{ flows(first: 100) { totalCount totals { kind currency amount flows } nodes { ${FLOW} } } }`,
  },
  {
    title: 'flows by amount',
    query: `{ flows(first: 50, orderBy: AMOUNT_DESC, filter: { kinds: [DISBURSEMENT, COMMITMENT] }) { totalCount nodes { ${FLOW} shares { dimension code percentage vocabulary estimated } countries { id name } records { amount { amount } reporter { name } ${PROVENANCE} } } } }`,
  },
  {
    title: 'flows of a year in pages',
    query:
      '{ flows(first: 25, filter: { year: 2023 }, orderBy: DATE_ASC) { totalCount pageInfo { endCursor hasNextPage } edges { cursor node { id date description aidTypes { code vocabulary } } } } }',
  },
  {
    title: 'activities',
    query:
      '{ activities(first: 60) { totalCount nodes { identifier title status startDate endDate reporter { name } parties { role name organisation { name } activity { title } } related { relation identifier activity { title } } budgets { kind amount { amount currency } from to } shares { dimension code percentage } } } }',
  },
  {
    title: 'money that goes on',
    query:
      '{ activities(first: 40, orderBy: ID_ASC) { nodes { identifier fundedBy(first: 5) { totalCount nodes { id activity { identifier } } } fundedOnwards(first: 5) { totalCount nodes { receiver { name } } } flows(first: 3) { totalCount totals { kind amount } } } } }',
  },
  {
    title: 'what bodies plan to give',
    query:
      '{ organisations(first: 80, orderBy: ID_ASC) { nodes { id budgets { kind status from to amount { amount currency } receiver { name } country region } activities(first: 2) { totalCount nodes { title } } } } }',
  },
  {
    title: 'documents',
    query:
      '{ policyDocuments(first: 100) { totalCount nodes { symbol title organ adoptedOn agenda verification twin { symbol title } recalls { symbol } disputes { property values { value } } implementedBy(first: 5) { totalCount nodes { id title } } } } }',
  },
  {
    title: 'processes with those who took part',
    query: `{ policyProcesses(first: 60) { totalCount nodes { id title kind agenda status(asOf: "2026-01-01") generation country { id name } period { from to } implements { symbol } participations { totalCount nodes { role stage capacity organisation { name country { name } } forNetwork { name } ${PROVENANCE} } } convenings { totalCount nodes { title organisers { name } } } } } }`,
  },
  {
    title: 'one thing of each',
    query:
      '{ policyDocument(symbol: "S/RES/2282 (2016)") { title verification twin { symbol } } network(id: "PG-FICTIONAL-0009") { organisation { name } } policyProcess(id: "NAP-NG-YPS-1") { title country { name } } organisation(id: "pg-cspps") { name memberships { totalCount nodes { network { name } } } } }',
  },
  {
    title: 'what is not there',
    query:
      '{ organisation(id: "XX-NOBODY-1") { name } network(id: "XX-NOBODY-1") { id } flow(id: "nothing") { id } activity(id: "nothing") { id } policyProcess(id: "nothing") { id } policyDocument(symbol: "nothing") { title } organisations(filter: { sources: ["nothing"] }) { totalCount nodes { id } } }',
  },
];
