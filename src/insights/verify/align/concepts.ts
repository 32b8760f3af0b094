/** Words that say the same in a text about an insight: a line each. A word of two lines may mean either. */
const CONCEPTS = `
rose rise rises risen rising climb climbed jump jumped increase increased increases increasing grew grow grows grown up higher added gained steeper reached surged surge spike
fell fall falls fallen falling drop drops dropped dropping decrease decreased decreases decline declined declines shrank shrunk eased down lower lost below
more exceed exceeds exceeded exceeding larger higher greater bigger above further farther heavier
less fewer smaller lower below under
came come comes coming arrived arrives arrive arrival received receive receives receiving took take takes taking taken deposited deposits deposit inflow inflows flow flows flowed gained gain gains accumulating accumulated reached hit added
left leave leaves leaving sent send sends sending paid pay pays paying withdrew withdrawn withdrawal withdrawals outflow outflows flow flows flowed lost lose loses losing distributing went gone
sent send sends sending paid pay pays paying went go goes going deposited flowed moved move moves moving transfer transfers transferred passed received receive receives left arrived came changed hands shifting spent spend spends spending
move moves transfer transfers shifting reshuffling reshuffle
move moves payment payments payout payouts
transaction transactions transfer transfers
hold holds held holding contain contains contained containing record recorded carried
mined mine mines found find finds produced produces went
came come arrived arrive took passed find wait waited
empty empties emptier
free empty unused
room space
usual usually normal normally typical typically expected expectation compared compare comparison against versus vs median
before earlier previous preceding prior last latest recent recently past ago predecessor
hour hours hourly
day days daily
week weeks weekly seven
year years
wait waits waiting waited
fee fees rate level median
median average mean middle
weigh weighs weight weights heavy heavier carried weighed weighted
largest biggest most mostly
part parts share shares
without excluding exclude excluded leaving aside removed remain remains remaining
label labels
labelled labeled
owns owned
owner owners party parties side sides
address addresses
count counts counted counting
make makes made making happen happens happened explain explains explained
last lasts persist persists lasting
slow slower slowly
fast faster quick quicker quickly
whole all entire any none
only alone
one single same
coinjoin coinjoins coinjoin-like
alike likeness like look looks resemble resembles
proof proven
lay lain lie lies lying still dormant unmoved dormancy age aged old older
tell tells says say show shows
noticed told seen
tag tags
text texts
write writes written wrote
carry carries carrying bear bears bearing name names named claim claims
anybody anyone
coin coins bitcoin bitcoins btc
reward coinbase payout
sale sales sold
destroy destroyed destroys end ends ended
other others another different differ differs disagree disagrees rest remaining
stay stayed left leave
window windows span spans
lead leads led ahead beat more outweighed outweighs outnumber outnumbers outweighing exceeded
change changes changed
join joins joined joining
total totals totalled all
length span
bid compete competes
weight room
allow allows allowed allowing
come comes came spread work
do does did
take takes took taking use uses used using
mine miner miners
`;

const OF_WORD = new Map<string, number[]>();
for (const [line, words] of CONCEPTS.trim().split("\n").entries()) {
  for (const word of words.split(" ")) OF_WORD.set(word, [...(OF_WORD.get(word) ?? []), line]);
}

/** What a word may mean: lines of the table, or the word itself where it has none. */
export function conceptsOf(word: string): readonly (number | string)[] {
  return OF_WORD.get(word) ?? [word.replace(/s$/, "")];
}
