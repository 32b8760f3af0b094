import type { ChainEvent } from "#chain";
import { type BlockFeatures, type ExtractedBlock, PARENT_TIMES } from "#features";
import { extractBlock, type ProcessContext } from "#ingest";

/** What each connected block says. A block that is undone is no parent any more; at most `finality` are. */
export async function* featuresOfEvents(
  events: AsyncIterable<ChainEvent> | Iterable<ChainEvent>,
  context: ProcessContext,
  finality: number,
): AsyncGenerator<ExtractedBlock> {
  const parents: BlockFeatures[] = [];
  for await (const event of events) {
    if (event.type === "disconnect") {
      parents.pop();
      continue;
    }
    const extracted = extractBlock(event.block, parents, context);
    parents.push(extracted.features);
    if (parents.length > PARENT_TIMES + finality) parents.shift();
    yield extracted;
  }
}
