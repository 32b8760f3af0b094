/** The directory of a chain: made where it is missing, held by one program. */
export { acquireInstanceLock, findRunningUrl } from "./instance-lock.ts";
export { prepareDataDirectory } from "./prepare-data-directory.ts";
