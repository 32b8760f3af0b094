import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Claims = Readonly<Record<string, unknown>>;

/** What is wrong with a token; without anything it is right. */
export type Forging = {
  readonly alg?: "none" | "HS256" | "RS256";
  /** Signed by a key that the provider does not publish, under the name of one that it does. */
  readonly byAnotherKey?: boolean;
  /** The name of a key that nobody published. */
  readonly kid?: string;
  /** `undefined` leaves one out. */
  readonly claims?: Claims;
};

const KID = "key-1";
export const CLIENT = { clientId: "utxoiq", clientSecret: "a secret of the client" };

/** A provider of OpenID Connect, and of Google's keys, on this machine: discovery, authorization code with PKCE, keys. */
export class IdentityProvider {
  readonly #keys = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  readonly #other = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  readonly #codes = new Map<string, { readonly challenge: string; readonly token: string }>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  /** How often the keys were asked for. */
  keysAsked = 0;
  issuer = "";
  /** Who it says it is, where that is not who it is. */
  saidIssuer: string | undefined;

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    this.issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  /** A token as the provider signs it, but for what is wrong with it. */
  token(right: Claims, { alg = "RS256", byAnotherKey = false, kid = KID, claims = {} }: Forging = {}): string {
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
    const signed = `${encode({ alg, typ: "JWT", kid })}.${encode({ ...right, ...claims })}`;
    const keys = byAnotherKey ? this.#other : this.#keys;
    return `${signed}.${signatureOf(alg, signed, keys.privateKey)}`;
  }

  /** What somebody does in a browser: they say yes at the address that they were sent to, and are sent back. */
  sayYes(address: string, claims: Claims, forging?: Forging): URL {
    const asked = new URL(address).searchParams;
    const now = Math.floor(Date.now() / 1_000);
    const right = { iss: this.issuer, aud: CLIENT.clientId, iat: now, exp: now + 300, nonce: asked.get("nonce") };
    const code = createHash("sha256").update(address).digest("hex");
    const token = this.token({ ...right, ...claims }, forging);
    this.#codes.set(code, { challenge: asked.get("code_challenge") ?? "", token });
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    return back;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { issuer } = this;
    if (request.url === "/.well-known/openid-configuration") {
      return sendJson(response, {
        issuer: this.saidIssuer ?? issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ["RS256"],
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
      });
    }
    if (request.url === "/keys") {
      this.keysAsked += 1;
      const key = this.#keys.publicKey.export({ format: "jwk" });
      return sendJson(response, { keys: [{ ...key, kid: KID, alg: "RS256", use: "sig" }] });
    }
    return sendJson(response, await this.#exchange(request), request.url === "/token" ? 200 : 404);
  }

  /** The code counts once, for the client that knows its secret and the browser that asked. */
  async #exchange(request: IncomingMessage): Promise<object> {
    let body = "";
    for await (const piece of request) body += String(piece);
    const sent = new URLSearchParams(body);
    const found = this.#codes.get(sent.get("code") ?? "");
    this.#codes.delete(sent.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(sent.get("code_verifier") ?? "")
      .digest("base64url");
    const basic = Buffer.from(request.headers.authorization?.slice(6) ?? "", "base64").toString();
    const secret = sent.get("client_secret") ?? decodeURIComponent(basic.split(":")[1] ?? "");
    if (found?.challenge !== challenge || secret !== CLIENT.clientSecret) return { error: "invalid_grant" };
    return { access_token: "access", token_type: "Bearer", expires_in: 300, id_token: found.token };
  }
}

function signatureOf(alg: string, text: string, key: KeyObject): string {
  return alg === "RS256" ? sign("sha256", Buffer.from(text), key).toString("base64url") : "";
}

function sendJson(response: ServerResponse, body: object, status = 200): void {
  response.writeHead("error" in body ? 400 : status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
