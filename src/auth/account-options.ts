import type { Letter } from "#mail";
import type { Database } from "#store";
import type { ProviderOptions } from "./providers/provider-options.ts";

/** Who may make an account: everybody, whoever was invited, or the operator alone. */
export type Registration = "open" | "invite" | "closed";

/** Who has to have codes beside a password. */
export type CodesOf = "nobody" | "admins" | "everybody";

export type AccountOptions = {
  /** Others who say who somebody is. */
  readonly providers?: ProviderOptions;
  readonly db: Database;
  readonly instanceKey: Uint8Array;
  /** Where people reach this server; links in letters begin with it. */
  readonly publicUrl: string;
  readonly registration: Registration;
  readonly codes?: CodesOf;
  /** Where the passwords are that others have lost; without it nobody looks. */
  readonly breachedPasswords?: string | undefined;
  /** Whether letters leave this machine; else they are written into the log. */
  readonly mailsLetters?: boolean;
  readonly sendLetter: (letter: Letter) => Promise<void>;
  /** Told of a letter that could not be sent, which whoever asked for it must not notice. */
  readonly onFault: (error: unknown) => void;
};
