import { type Actor, passkeys, providers } from "#auth";
import type { accounts, Session } from "#contract";
import { access } from "#store";
import type { ApiDeps } from "./app-types.ts";
import { permissionsOf } from "./permissions.ts";

/** Who somebody is to the server, and what a page has to know to offer what they can do about it. */
export async function presentSession({ db, accounts, guests }: ApiDeps, actor: Actor): Promise<Session> {
  // What a key is for is not its person's affairs.
  const person = actor.scopes === undefined ? actor.person : undefined;
  return {
    role: actor.role,
    lacksCodes: actor.lacksCodes === true,
    permissions: [...permissionsOf(actor, guests)],
    person: person === undefined ? null : presentPerson(person),
    registration: accounts.registration,
    providers: [...providers.listProviders(accounts.providers)],
    passkeys: passkeys.hasPasskeys(accounts),
    hasPassword: person !== undefined && (await access.accounts.hasPassword(db, person.id)),
    mailsLetters: accounts.mailsLetters !== false,
    hasAdmin: await access.accounts.hasAdmin(db),
  };
}

export function presentPerson(person: access.accounts.Person): accounts.Person {
  const { emailVerified: _, entranceVersion: _version, createdAt, ...rest } = person;
  return { ...rest, createdAt: createdAt.toISOString() };
}
