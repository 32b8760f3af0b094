import type { Accounts } from "./accounts.ts";
import { weakPassword } from "./errors.ts";

export type NewAccount = { readonly name: string; readonly email: string; readonly password: string };

/** A guesser who knows the 49,000 commonest passwords, keyboards and the account needs so many guesses at least. */
const FEWEST_GUESSES = 1e8;
/** What comes after it makes a password better at most, and takes longer to look at. */
const LOOKED_AT = 64;

/** Why a password is easily guessed: the estimator's words and ours. */
const REASONS: Readonly<Record<string, string>> = {
  userInputs: "it is little more than your name or address",
  simpleRepeat: "it repeats one character",
  extendedRepeat: "it repeats one pattern",
  straightRow: "it is a row of keys",
  keyPattern: "it is a pattern on the keyboard",
  sequences: "it counts on, as abc or 123 do",
  recentYears: "it is little more than a year",
  dates: "it is little more than a date",
};
const COMMON = "it is one of the passwords that people have most often, or nearly so";

let loading: ReturnType<typeof loadEstimator> | undefined;

/** @throws AppError AUTH_WEAK_PASSWORD for what is soon guessed by whoever knows the account, or what others have lost */
export async function refuseWeak(
  { breached }: Pick<Accounts, "breached">,
  { name, email, password: typed }: NewAccount,
): Promise<void> {
  const estimator = await (loading ??= loadEstimator());
  // As it is hashed.
  const password = typed.normalize("NFKC");
  const { guesses, feedback } = estimator.check(password, [
    email,
    email.split("@")[0] ?? "",
    name,
    "utxoiq",
    "bitcoin",
  ]);
  if (guesses < FEWEST_GUESSES) throw weakPassword(REASONS[feedback.warning ?? ""] ?? COMMON);
  if ((await breached?.has(password)) === true) throw weakPassword("it is among those that others have lost");
}

/** Its lists are large, and most processes never see a new password. */
async function loadEstimator() {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: LOOKED_AT });
}
