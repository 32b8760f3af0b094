import { Link, useRouterState } from "@tanstack/react-router";
import type { Session } from "#contract";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import styles from "./header.module.css";

/** Who is here, and what they can do about it; nothing where there are no accounts to sign in to. */
export function PersonMenu() {
  const session = useSession();
  const place = useRouterState({ select: ({ location: { pathname, searchStr } }) => `${pathname}${searchStr}` });
  if (session === undefined) return null;
  const { role, person, hasAdmin, registration } = session;
  if (role !== "guest" || person !== null) return <Menu session={session} place={place} />;
  if ((!hasAdmin && registration !== "open") || place.startsWith("/sign-in")) return null;
  return (
    <Link className={styles.link} to="/sign-in" search={{ to: place }}>
      Sign in
    </Link>
  );
}

function Menu({ session, place }: { readonly session: Session; readonly place: string }) {
  // Whoever followed one of its links has left it: on another page it is another menu, closed.
  const { person, role, permissions, lacksCodes } = session;
  const name = person?.name ?? "Operator";
  const initials = initialsOf(name);
  const signOut = (): void => {
    void sendJson("/api/v1/session", undefined, "DELETE").then(() => location.assign("/dashboard"));
  };
  return (
    <details key={place} className={styles.person}>
      <summary aria-label={`${initials}, ${name}: menu`}>{initials}</summary>
      <div className={styles.menu}>
        <p>
          {name} · {lacksCodes ? `${person?.role}, codes needed` : role}
        </p>
        {person !== null && <Link to="/account">Your account</Link>}
        {person === null && <Link to="/sign-up">Make an administrator’s account</Link>}
        {permissions.includes("moderate") && <Link to="/moderation">Moderation</Link>}
        {permissions.includes("administer") && <Link to="/administration">Administration</Link>}
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </div>
    </details>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => Array.from(word ?? "")[0] ?? "",
  );
  return letters.join("").toUpperCase();
}
