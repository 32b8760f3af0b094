import type { Accounts } from "../accounts.ts";
import { betterAuthCode } from "../better-auth-code.ts";
import { noSuchProvider, providerUnreachable } from "../errors.ts";
import { admitNewSession, type SignedIn, takeOverFeedback } from "../finish-sign-in.ts";
import { challengeInstead, type Opened } from "../second-factor/challenge.ts";
import { headersOf, type Visitor } from "../visitor.ts";
import { listProviders } from "./provider-options.ts";
import { GOOGLE } from "./provider-plugins.ts";
import { settleLink } from "./settle-link.ts";
import { type Coming, whileComing } from "./who-comes.ts";

/** The page that says what went wrong, and asks for a code. */
const SIGN_IN_PAGE = "/sign-in";

type Asking = {
  readonly provider: string;
  /** A page of ours to come back to. */
  readonly to: string;
  readonly visitor: Visitor;
};

/** Where a browser has to go to show who it is. @throws AppError AUTH_NO_SUCH_PROVIDER, AUTH_PROVIDER_UNREACHABLE */
export async function askProvider(accounts: Accounts, { provider, to, visitor }: Asking) {
  if (!listProviders(accounts.providers).some(({ id }) => id === provider)) throw noSuchProvider();
  const { api, $context } = await accounts.betterAuth();
  const known = (await $context).socialProviders.find(({ id }) => id === provider);
  refuseAnotherIssuer(accounts, provider, known?.issuer);
  const callbackURL = ownAddress(accounts, to);
  // With where to go on to: whoever is asked for a code comes back to there as well.
  const errorCallbackURL = `${accounts.publicUrl}${signInPage({ to: callbackURL })}`;
  const body = { provider, callbackURL, errorCallbackURL, disableRedirect: true };
  try {
    const { headers, response } = await api.signInSocial({ body, headers: headersOf(visitor), returnHeaders: true });
    if (response.url === undefined) throw noSuchProvider();
    return { url: response.url, cookies: headers.getSetCookie() };
  } catch (error) {
    // One whose description could not be fetched is as good as none to the library.
    throw betterAuthCode(error) === undefined ? error : providerUnreachable(error);
  }
}

/** What describes itself as another than it is set as is not asked: it could have another's tokens sent to it. */
function refuseAnotherIssuer({ providers }: Accounts, provider: string, said: string | undefined): void {
  const expected = { google: GOOGLE, oidc: providers?.oidc?.issuer }[provider];
  // Without a description, as where it could not be fetched, there is nothing that could be believed.
  if (said === undefined || expected === undefined || said === expected) return;
  throw providerUnreachable(`it says that it is ${said}`);
}

/** A page of ours and nothing else: nobody is sent on to another site by way of us. */
function ownAddress(accounts: Accounts, to: string): string {
  const page = to.startsWith("/") ? ownPage(accounts, to) : undefined;
  return `${accounts.publicUrl}${page ?? "/dashboard"}`;
}

/** Path and query of a page of ours, also where its path, without its dots, would be the name of another site. */
function ownPage({ publicUrl }: Accounts, address: string): string | undefined {
  const url = URL.parse(address, publicUrl);
  if (url === null || url.origin !== publicUrl) return undefined;
  const page = `${url.pathname}${url.search}`;
  return URL.parse(page, publicUrl)?.origin === publicUrl ? page : undefined;
}

export type CameBack = {
  readonly cookies: readonly string[];
  /** The page to go on to: path and query. */
  readonly page: string;
  /** Whom the provider named, where that opens a session. */
  readonly signedIn: SignedIn | undefined;
  /** Why there is none, where it is not for a code that has to come first; what the page tells may be the library's word. */
  readonly refusedAs?: "AUTH_KEPT_OUT" | "AUTH_SIGN_IN_REFUSED";
};

type ComingBack = {
  readonly provider: string;
  readonly query: string;
  readonly visitor: Visitor;
  /** Under what the browser gave feedback before it left. */
  readonly anonymousId: string | null;
};

/** What comes of it when a browser comes back from a provider. */
export async function comeBack(
  accounts: Accounts,
  { provider, query, visitor, anonymousId }: ComingBack,
): Promise<CameBack> {
  const { handler } = await accounts.betterAuth();
  const url = `${accounts.publicUrl}/api/v1/auth/callback/${encodeURIComponent(provider)}${query}`;
  const coming: Coming = { visitor };
  const response = await whileComing(coming, () => handler(new Request(url, { headers: headersOf(visitor) })));
  const cookies = response.headers.getSetCookie();
  const page = ownPage(accounts, response.headers.get("location") ?? "") ?? SIGN_IN_PAGE;
  const { unlinked } = coming;
  if (unlinked !== undefined && !unlinked.person.blocked) {
    const { searchParams } = new URL(page, accounts.publicUrl);
    const goOn = ownPage(accounts, searchParams.get("to") ?? "") ?? "/dashboard";
    const { person, method } = unlinked;
    return askForCode(accounts, { person, by: provider, subject: method.subject, cookies, page: goOn });
  }
  const found = unlinked === undefined ? await admitNewSession(accounts, cookies, coming.entrance) : "kept-out";
  await settleLink(accounts, coming, typeof found === "object");
  if (found === undefined || found === "kept-out") {
    const refusedAs = found === "kept-out" ? "AUTH_KEPT_OUT" : "AUTH_SIGN_IN_REFUSED";
    const asking = found === "kept-out" ? signInPage({ problem: refusedAs }) : problemPage(page);
    return { cookies: withoutSession(accounts, cookies), page: asking, signedIn: undefined, refusedAs };
  }
  if (!found.person.secondFactor) {
    await takeOverFeedback(accounts, found, anonymousId);
    return { cookies, page, signedIn: { ...found, cookies } };
  }
  return askForCode(accounts, { ...found, by: provider, cookies, page });
}

type Asked = Pick<CameBack, "cookies" | "page"> & Opened;

/** Who a provider names has proved one thing, as by a password. */
async function askForCode(accounts: Accounts, { cookies, page, ...opened }: Asked): Promise<CameBack> {
  const challenge = await challengeInstead(accounts, opened);
  const asking = signInPage({ step: "code", to: page });
  return { cookies: [...withoutSession(accounts, cookies), challenge], page: asking, signedIn: undefined };
}

function withoutSession({ cookieName }: Accounts, cookies: readonly string[]): readonly string[] {
  return cookies.filter((cookie) => !cookie.startsWith(`${cookieName}=`));
}

/** The library names what went wrong in the address; without a session there is always something. */
function problemPage(page: string): string {
  const { searchParams } = new URL(page, "http://ours.invalid");
  return signInPage({ problem: searchParams.get("error") ?? "refused" });
}

function signInPage(said: Readonly<Record<string, string>>): string {
  return `${SIGN_IN_PAGE}?${new URLSearchParams(said).toString()}`;
}
