import type { SignalKind } from "#signals";

/**
 * Every word that a text may hold. It is closed on purpose: a cause, a piece of advice or a name that nobody backs is
 * made of words that are not here. What is here says what was seen and how it compares, and no more.
 */
const NEUTRAL = `
a an the this that these those it its they them their there here who whose whom which what each any all both some
such same other another own alone only just also too even still yet again once now then than as so how versus vs ran spread

of in on at to from by for with within without into onto over under between among against across around during since
until before after up down out off about above below behind beside beyond through upon along per via toward towards

and or but if while whereas where when although though however either neither nor whether

is are was were be been being has have had having do does did can could may might would cannot

not no none nothing nobody never n't doesn't don't isn't

block blocks blockchain chain header headers hash height heights weight weights room space rate rates level levels
median mean average middle typical usual usually unusual unusually normal normally expected expectation share shares
part parts half whole total totals sum amount amounts number numbers count counts figure figures value values size
sizes length span spans window windows hour hours day days daily minute minutes time times wait waits waiting waited
period periods stretch first earlier previous preceding prior last latest recent recently past next following far further
farther transaction transactions transfer transfers move moves moved moving coin coins bitcoin bitcoins btc output
outputs input inputs address addresses script scripts wallet wallets owner owners owns owned overlapping party
parties side sides sender receiver recipient label labels labelled unlabelled labeled unlabeled network treasury
balance hold holds held net gross streak lean run runs wave waves spike spikes jump change changes changed
difference name names named claims claim carries carry carrying bears stands written write wrote lie lies pace law
chance odds habit

rose rise rises risen rising fell fall falls fallen falling climbed climb jumped increased increase increases
increasing decreased decrease decreases declined decline declines dropped drop drops dropping grew grow grows grown
shrank shrunk eased loss added more less fewer most least larger largest bigger biggest greater smaller higher
lower longer faster slower slowly quickly steeper clearer rarer high low large big small
great busy crowded idle exceeds exceeded exceed exceeding outnumber outnumbers outnumbered outweighed outweighs
beat led leads ahead

pays pay paid paying sent send sends sending receive received receives receiving took take takes taken taking came
come comes coming left leave leaves leaving went go goes gone going arrived arrive arrives arrival reached reach
transferred passed put spend spends spent spending end ends ended counted counting
contains contain contained record recorded mined found find finds produced produces confirmed confirms confirm saw
see seen sees shows show shown stood stayed remain remains remaining kept keep keeps keeping lasted lasts
persists persist makes make made making look looks looked tell tells told known know knows unknown identified say
says said belongs belong decides decide compared compare compares comparison measured measure measures weighed weighted weigh
weighs judged judging judge allowed allows allow allowing explain explains explained account rank ranked ranking use
uses used join joins joining hands sit sits numbered numbering happen happens happened excluded exclude excludes
excluding aside set removed removing disagree disagrees differ differs differently different differing possible
possibly perhaps maybe rarely rare well enough little few many much several various single entire entirely exactly
precisely roughly approximately nearly almost close way ways reverse opposite together apart equal one anyone
anybody else hit attributed gives give giving given work works worth start starts started beginning begin
begins began history we us whoever others like round carried totalled totaled totals combined altogether overall
meanwhile currently amounted slightly summed sums bore containing observed detected
surged predecessor unused mostly will should unless
occurred occur occurs unclear visible noticed appear appears entity entities internal on-chain onchain hourly quicker speed
vbyte counterparties counterparty basis kind kinds moment fast slow quarter third itself themselves
simulated simulation utc free freed bearing missing miss misses standing stand
`;

/** Words that only some kinds need: of a wave of inscriptions nothing is known about exchanges. */
const TOPICS: readonly (readonly [words: string, kinds: RegExp])[] = [
  ["destroyed destroy destroys", /coin-days/],
  ["year years", /revived/],
  ["intended course unchanged", /difficulty/],
  ["estimate estimated estimates", /hash-rate/],
  ["week weeks weekly", /reserve|fullness|pool-run|empty-block|fee-level/],
  ["miner miners", /payout|tag|block-interval|fullness/],
  [
    "mine mines mining pool pools tag tags text texts coinbase reward rewards retarget difficulty difficulties luck",
    /hash-rate|difficulty|pool|block-|empty-block|treasury|payout/,
  ],
  ["exchange exchanges", /flow|reserve|large-transfer|treasury/],
  ["deposit deposits deposited withdrawal withdrawals withdrawn withdrew flow flows flowed", /flow/],
  ["inflow inflows outflow outflows", /flow|whale/],
  ["reserve reserves holding holdings", /reserve/],
  ["dormancy dormant age aged old older lay lain lying unmoved revived", /dorman|coin-days|revived/],
  ["fee fees feerate", /fee|large-transfer/],
  ["inscription inscriptions bid compete competes", /inscription/],
  ["consolidation consolidations", /consolidation/],
  ["coinjoin coinjoins coinjoin-like likeness form proof proven resemble resembles alike", /coinjoin/],
  ["sold sale sales bought", /treasury|whale/],
  ["deposited", /flow|large-transfer/],
  ["trade traded", /flow-spike|flow-streak|large-transfer/],
  ["payment payments payout payouts reshuffle reshuffling shuffle shifting", /large-transfer|dormant-coins|payout|tag/],
  ["accumulating accumulate accumulated accumulates", /whale-accumulation/],
  ["distributing distribute distributes", /whale-distribution/],
  ["emptier empty empties full fuller fullest", /block-fullness|empty-block|flush/],
  ["heavy heavier", /block-fullness/],
  ["clock clocks miners'", /block-interval/],
  ["lost lose loses losing gain gains gained", /streak|whale|reserve/],
];

const COMMON: ReadonlySet<string> = new Set(NEUTRAL.trim().split(/\s+/));
const TOPIC_WORDS: ReadonlyMap<string, RegExp> = new Map(
  TOPICS.flatMap(([words, kinds]) => words.split(" ").map((word) => [word, kinds] as const)),
);

/** Whether a word, in lower case, may stand in a text about an insight of these kinds. */
export function isKnownWord(word: string, kinds: readonly SignalKind[]): boolean {
  const owner = word.replace(/'s?$/, "");
  return [word, owner].some(
    (form) => COMMON.has(form) || kinds.some((kind) => TOPIC_WORDS.get(form)?.test(kind) === true),
  );
}

/** Every word that a text about an insight of these kinds may hold, in lower case: what a writer of one is told. */
export function listWords(kinds: readonly SignalKind[]): string[] {
  const topics = TOPICS.flatMap(([words, owners]) => (kinds.some((kind) => owners.test(kind)) ? words.split(" ") : []));
  return [...COMMON, ...topics];
}
