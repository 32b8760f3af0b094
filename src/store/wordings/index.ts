/** What a language model was asked about insights, and what it wrote. */
export { closeWordingRequest, openWordingRequest } from "./wording-requests.ts";
export type { ModelBudget } from "./model-budget.ts";
export { saveWording } from "./save-wording.ts";
export { type ModelUse, readModelUse } from "./model-use.ts";
