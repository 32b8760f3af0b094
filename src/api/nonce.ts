import { randomBytes } from "node:crypto";
import type { FastifyReply } from "fastify";
import { invariant } from "#lib";

/** As the built page has it: web/index.html. */
const PLACE = 'property="csp-nonce" nonce=""';
/** As protect-pages.ts has it. */
const POLICY = "content-security-policy";
const STYLES = "style-src 'self'";

/** The page with the word by which the browser knows styles that are ours; drawn for this answer alone. */
export function withNonce(page: string, reply: FastifyReply): string {
  return page.replace(PLACE, () => PLACE.replace('""', `"${drawNonce(reply)}"`));
}

/** The same for a page whose style is written into it. */
export function withStyleNonce(page: string, reply: FastifyReply): string {
  return page.replace("<style>", () => `<style nonce="${drawNonce(reply)}">`);
}

function drawNonce(reply: FastifyReply): string {
  const nonce = randomBytes(16).toString("hex");
  const policy = String(reply.getHeader(POLICY));
  invariant(policy.includes(STYLES), "the policy says where styles come from");
  void reply.header(POLICY, policy.replace(STYLES, `${STYLES} 'nonce-${nonce}'`));
  // A page that is kept would have another answer's word.
  void reply.header("cache-control", "no-store");
  return nonce;
}
