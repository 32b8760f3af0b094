import { ScriptColumns } from "./script-columns.ts";
import { TransactionParts } from "./transaction-parts.ts";

/** Memory that a block needs while it is read, megabytes of a large one. */
export type Workspace = { readonly parts: TransactionParts; readonly scripts: ScriptColumns };

/** Memory of the block before. It holds nothing that outlasts a block: asking the system for it anew costs a tenth of the time. */
const spare: Workspace[] = [];

/** Works with memory that nobody else works with meanwhile. */
export function withWorkspace<Result>(work: (workspace: Workspace) => Result): Result {
  const workspace = spare.pop() ?? { parts: new TransactionParts(), scripts: new ScriptColumns() };
  try {
    return work(workspace);
  } finally {
    workspace.parts.clear();
    workspace.scripts.clear();
    spare.push(workspace);
  }
}
