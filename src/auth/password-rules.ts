import { weakPassword } from "./errors.ts";

export type NewAccount = { readonly name: string; readonly email: string; readonly password: string };

/** What everybody who knows the account would guess first, and one character over and over. */
export function refuseWeak({ name, email, password }: NewAccount): void {
  const lower = password.toLowerCase();
  const guesses = [email, email.split("@")[0] ?? "", name].map((text) => text.trim().toLowerCase());
  const rest = guesses.filter(({ length }) => length >= 4).reduce((text, guess) => text.replaceAll(guess, ""), lower);
  if (rest.length < lower.length - 3 && rest.length < 6)
    throw weakPassword("it is little more than your name or address");
  if (new Set(lower).size < 5) throw weakPassword("it has fewer than five different characters");
}
