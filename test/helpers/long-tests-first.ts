import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Run for half a minute or more, the longest first. Begun last, one of them would leave the other cores idle. */
const LONG = [
  "test/e2e/kill-follower.test.ts",
  "test/e2e/sources.test.ts",
  "test/e2e/commands.test.ts",
  "test/e2e/labels.test.ts",
  "test/e2e/kill-saving.test.ts",
  "src/chain/simnet/economy/replay.test.ts",
  "src/chain/simnet/economy/determinism.test.ts",
  // Its browser gets too little of the processor beside all the followers that are started to be killed.
  "test/e2e/main-job.test.ts",
  "test/e2e/simnet-events.test.ts",
  "test/chain-sources.test.ts",
  "src/chain/simnet/economy/truth.test.ts",
  "src/chain/simnet/simnet-source.test.ts",
  "src/chain/core/open-core.test.ts",
];

export class LongTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = LONG.findIndex((file) => moduleId.endsWith(`/${file}`));
      return rank < 0 ? LONG.length : rank;
    };
    return sorted.toSorted((left, right) => rankOf(left) - rankOf(right));
  }
}
