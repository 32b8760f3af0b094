/**
 * Language models that may word an insight anew. One type, `TextModel`, stands for all of them; providers are loaded when
 * one is asked for, and nothing here is needed where none is.
 * What a model writes is untrusted: it is published only where `#insights` finds nothing in it that evidence lacks.
 * Deliberately not here: which insights are worded, budgets, and what is stored (`ingest`, `store`).
 * Start with word-insight.ts.
 */
export { openModel } from "./open-model.ts";
export type { TextModel } from "./text-model.ts";
export { wordInsight } from "./word-insight.ts";
