/** What is answered under Esplora's paths, with its names. */
export { esploraBlock, esploraBlockStatus, esploraFeeEstimates, esploraMempool } from "./esplora.ts";
export { esploraTransactionStatus } from "./esplora.ts";
export type { EsploraBlock, EsploraMempool } from "./esplora.ts";
