/**
 * Queries across all four subgraphs over the built-in facts and the fictional world, whose answers are
 * the same bytes wherever they are asked: on either database, in one process or in several. None asks
 * when rows were written.
 */
export const TWENTY_QUERIES: Readonly<Record<string, string>> = {
  sources: '{ sources { id title publisherName licence attribution fictional retrievedAt } }',

  'countries with their regions': '{ countries { id name nameFr iso3 regions { id name } } }',

  'a codelist':
    '{ codelist(name: "TransactionType") { title url items { code name nameFr category status } source { id } } codelists { name } }',

  'bodies by name': `{ organisations(first: 500) { totalCount pageInfo { hasNextPage startCursor endCursor }
    nodes { id name aliases kind legalForm city country { id name } founded dissolved themes { id name } constituencies
      identifiers { raw scheme } likelyDuplicates { id } provenance { record licence citation verification retrievedAt source { id } } } } }`,

  'bodies by name, the last first':
    '{ organisations(first: 40, orderBy: NAME_DESC) { edges { cursor node { id name } } pageInfo { endCursor } } }',

  'bodies by words and country':
    '{ organisations(filter: { text: "wil", countries: ["QM", "QN", "QO", "QP"] }) { totalCount nodes { id name } } }',

  'bodies that only some sources name':
    '{ organisations(filter: { exceptSources: ["peacegraph-facts"] }, orderBy: ID_ASC, first: 60) { totalCount nodes { id statements { text topic statedOn lang } } } }',

  'hosts and hosted': `{ organisations(first: 200, orderBy: ID_ASC) { nodes { id
    hosts { form feePercent from to hosted { id name } } hostedBy { form feePercent from to host { id name } } } } }`,

  'networks with all their members': `{ networks(first: 100) { totalCount nodes { id organisation { name }
    members(first: 100, reach: EXPANDED) { totalCount edges { cursor node { depth role from to member { id name }
      path { id } records { provenance { record source { id } verification } } } } }
    memberOf { network { name } } provenance { source { id } } } } }`,

  'how networks grow and are governed': `{ networks(first: 100, orderBy: NAME_DESC) { nodes { id
    growth(interval: YEAR) { period joined left members undated }
    governance { bodies { title kind seatCount rule from to seats { title from to heldFor holder { name } nominatedBy { name } } } } } } }`,

  convenings: `{ convenings(first: 100) { totalCount edges { cursor node { id title kind city from to themes
    country { name } organisers { name } participants { name } provenance { source { id } } } } } }`,

  'flows, the newest first': `{ flows(first: 300) { totalCount totals { kind currency amount flows } pageInfo { endCursor }
    edges { cursor node { id kind date valueDate amount { amount currency } provider { id name } providerBasis
      receiver { id name } receiverBasis description humanitarian purpose { kind basis } flexibility { kind basis }
      aidTypes { vocabulary code } shares { dimension code percentage } } } } }`,

  'flows by amount':
    '{ flows(first: 120, orderBy: AMOUNT_DESC) { edges { cursor node { id amount { amount currency } converted(currency: "USD") { amount rateDate unavailableBecause } } } } }',

  'flows between two amounts in a year':
    '{ flows(orderBy: AMOUNT_ASC, filter: { amount: { min: "1000.5", max: "250000" }, year: 2023 }) { totalCount totals { kind currency amount flows } nodes { id amount { amount } date } } }',

  'activities with all that hangs on them': `{ activities(first: 60) { totalCount nodes { identifier title description status startDate endDate
    lastReported hierarchy humanitarian superseded reporter { name } parties { role name channel organisation { id } }
    related { relation identifier } shares { dimension vocabulary code percentage }
    budgets { kind from to amount { amount currency } } flows(first: 20) { totalCount totals { kind currency amount flows } nodes { id } }
    fundedBy(first: 10) { totalCount nodes { id } } fundedOnwards(first: 10) { totalCount nodes { id } } } } }`,

  'activities by words':
    '{ activities(filter: { text: "grant" }, orderBy: START_DATE_ASC) { totalCount nodes { id title } } }',

  'policy documents': `{ policyDocuments(first: 200) { totalCount edges { cursor node { symbol title organ adoptedOn meeting agenda
    verification twin { symbol } recalls { symbol } disputes { property values { value } } implementedBy(first: 100) { totalCount nodes { id } }
    implementation(asOf: "2026-06-01") { plansInForce gaps networks { nodes { network { name } processes } } commitments { nodes { title implementations { title } } } }
    provenance { citation source { id } } } } } }`,

  'policy processes': `{ policyProcesses(first: 200) { totalCount edges { cursor node { id title kind status(asOf: "2026-06-01") generation adoptedOn period { from to }
    country { name } agenda implements { symbol } disputes { property values { value } } participations(first: 100) { totalCount
      nodes { role capacity stage from to namedInOwnRight organisation { id name } forNetwork { name } } } convenings { totalCount nodes { title fundedBy { identifier activity { title } } processes { id } } }
    byStage { stage bodies networks civilSociety } visibility { named visibility { count of share } networks { nodes { network { name } presence members } } }
    trace { step date missing to { process { id } document { symbol } } } overlap(one: WOMEN, other: YOUTH) { shared overlap { share } }
    submissions { totalCount nodes { title themes { theme stance } cites { name } } } } } } }`,

  'a dashboard': `{ organisations(first: 60, orderBy: ID_ASC) { nodes { id name
    network { members(first: 5) { totalCount nodes { member { name } } } }
    flowsIn(first: 10) { totalCount totals { kind currency amount flows } nodes { date kind amount { amount currency } provider { name } activity { title } } }
    flowsOut(first: 10, orderBy: AMOUNT_DESC) { totalCount nodes { date amount { amount } receiver { name } } }
    activities(first: 5) { totalCount nodes { title } } budgets { from to amount { amount currency } }
    memberships(first: 10) { totalCount nodes { network { name } } }
    participations(first: 5) { totalCount nodes { role process { title implements { symbol } } } }
    reliance(withMembers: true, first: 5) { totalCount nodes { title authority { name } } } membersVoice(asOf: "2026-06-01") { cited { count of } } } } }`,

  'things that are not there, and a mistake':
    '{ organisation(id: "XX-NOBODY") { id } policyDocument(symbol: "S/RES/1 (1946)") { symbol } flow(id: "none") { id } flows(after: "no cursor") { totalCount } }',
};
