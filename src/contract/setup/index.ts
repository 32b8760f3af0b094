/** Where blocks come from: tested, chosen, and how far reading is. */
export { chooseSourceBody, chosenSource, setupState, sourceTest, testSourceBody } from "./setup.ts";
export type { SetupState, SourceTest } from "./setup.ts";
