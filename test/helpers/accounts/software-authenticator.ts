import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { accounts } from "#contract";

type Said = {
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
  /** Whether its owner was asked for a finger or a number. */
  readonly verified?: boolean;
};

/** A device that keeps a passkey, as a browser's `PublicKeyCredential.toJSON` tells of it: WebAuthn, level 3. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(16);
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #counter = 0;

  make({ challenge, origin, rpId, verified = true }: Said): accounts.MadePasskey {
    const { x = "", y = "" } = this.#keys.publicKey.export({ format: "jwk" });
    const point = (text: string): Buffer => bytes(Buffer.from(text, "base64url"));
    // COSE: an EC2 key for ES256 on P-256.
    const publicKey = Buffer.concat([
      Buffer.from("a5010203262001", "hex"),
      Buffer.from("21", "hex"),
      point(x),
      Buffer.from("22", "hex"),
      point(y),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, publicKey]);
    const authData = Buffer.concat([this.#head(rpId, verified, 0x40), attested]);
    const attestation = Buffer.concat([
      Buffer.from("a3", "hex"),
      text("fmt"),
      text("none"),
      text("attStmt"),
      Buffer.from("a0", "hex"),
      text("authData"),
      bytes(authData),
    ]);
    const response = {
      clientDataJSON: clientData("webauthn.create", challenge, origin).toString("base64url"),
      attestationObject: attestation.toString("base64url"),
      transports: ["internal"],
    };
    return { ...this.#credential(), response };
  }

  show({ challenge, origin, rpId, verified = true }: Said): accounts.PasskeyProof {
    this.#counter += 1;
    const authData = this.#head(rpId, verified, 0);
    const client = clientData("webauthn.get", challenge, origin);
    const signed = Buffer.concat([authData, createHash("sha256").update(client).digest()]);
    const response = {
      clientDataJSON: client.toString("base64url"),
      authenticatorData: authData.toString("base64url"),
      signature: sign("sha256", signed, this.#keys.privateKey).toString("base64url"),
    };
    return { ...this.#credential(), response };
  }

  #credential() {
    const id = this.id.toString("base64url");
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {} };
  }

  #head(rpId: string, verified: boolean, more: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    const flags = 0x01 | (verified ? 0x04 : 0) | more;
    return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), counter]);
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** CBOR: a text of less than 24 bytes. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
}

/** CBOR: up to 65,535 bytes. */
function bytes(value: Buffer): Buffer {
  const head =
    value.length < 24
      ? [0x40 + value.length]
      : value.length < 256
        ? [0x58, value.length]
        : [0x59, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.from(head), value]);
}
