/** What a language model was asked about insights, and what it wrote. */
export { closeWordingRequest, type ModelBudget, openWordingRequest } from "./wording-requests.ts";
export { saveWording } from "./save-wording.ts";
export { type ModelUse, readModelUse } from "./model-use.ts";
