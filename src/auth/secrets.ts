import { randomBytes } from "node:crypto";

/** What proves who asks. */
export type Secrets = {
  /** 32 bytes that sign cookies and one-time codes. */
  readonly instanceKey: Uint8Array;
  /** Whoever sends it is the operator; drawn anew at each start. */
  readonly operatorToken: string;
};

/** Secrets that nobody else knows. */
export function drawSecrets(): Secrets {
  return { instanceKey: randomBytes(32), operatorToken: randomBytes(32).toString("base64url") };
}
