import { Link } from "@tanstack/react-router";
import { useSession } from "../server/use-session.ts";
import styles from "./parts.module.css";

/** Why something is not shown, and what can be done about it. */
export function Locked({ className }: { readonly className?: string | undefined }) {
  const session = useSession();
  const role = session?.role;
  const to = `${location.pathname}${location.search}`;
  return (
    <p className={className}>
      {session?.lacksCodes === true && (
        <>
          Whoever has your role needs codes beside the password.{" "}
          <Link className={styles.link} to="/account">
            Set them up
          </Link>
        </>
      )}
      {role === "guest" && session?.lacksCodes !== true && (
        <>
          This is not open to everybody.{" "}
          <Link className={styles.link} to="/sign-in" search={{ to }}>
            Sign in
          </Link>
        </>
      )}
      {role === "operator" && (
        <>
          The operator has no account.{" "}
          <Link className={styles.link} to="/sign-up">
            Make one
          </Link>
        </>
      )}
      {role !== "guest" && role !== "operator" && "Your role may not see this: an administrator can give you another."}
    </p>
  );
}
