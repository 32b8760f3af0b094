/**
 * Who owns an output script, and who signs a coinbase: `read/` takes labels from files of several formats, `compile/`
 * makes one compact table of them, and a few facts are built in.
 * Deliberately not here: anything stored (`store/labels/`), and what a block says by its labels (`features`).
 * Start with label.ts, then read/read-label-files.ts.
 */
export { keyOfActor } from "./actor-key.ts";
export { BUILTIN_FILE, createLabelCompiler, createSourceCompiler, listBuiltinLabels } from "./builtin-labels.ts";
export { LabelCompiler } from "./compile/label-compiler.ts";
export { type CompiledLabels, labelsOfPortable, type PortableLabels } from "./compile/compiled-labels.ts";
export type { LabelToCompile } from "./compile/label-compiler.ts";
export { isLabelKind, LABEL_KINDS } from "./entity-kinds.ts";
export type { LabelKind } from "./entity-kinds.ts";
export { KNOWN_LABEL } from "./known-label.ts";
export type { Label } from "./label.ts";
export { findDay } from "./read/find-day.ts";
export { readLabelFiles } from "./read/read-label-files.ts";
