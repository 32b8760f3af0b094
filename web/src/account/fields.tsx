import { TextInput } from "@mantine/core";
import { useSession } from "../server/use-session.ts";

export function EmailField({ label = "E-mail address" }: { readonly label?: string }) {
  return <TextInput name="email" type="email" label={label} autoComplete="username" size="md" required />;
}

export function NameField({ value }: { readonly value?: string }) {
  const given = value === undefined ? {} : { defaultValue: value };
  return <TextInput name="name" label="Name" autoComplete="name" maxLength={80} size="md" required {...given} />;
}

/** One that is known, or one that is chosen now. */
export function PasswordField({ chosen, name = "password" }: { readonly chosen: boolean; readonly name?: string }) {
  const label = name === "current" ? "Present password" : chosen ? "New password" : "Password";
  return (
    <TextInput
      name={name}
      type="password"
      label={label}
      {...(chosen && { description: "12 characters or more", minLength: 12 })}
      maxLength={128}
      autoComplete={chosen ? "new-password" : "current-password"}
      size="md"
      required
    />
  );
}

/** Before what matters the present password, of whoever has one, and of whoever has codes a code; of the operator nothing. */
export function ProofFields() {
  const session = useSession();
  const secondFactor = session?.person?.secondFactor === true;
  if (session?.role === "operator" && session.person === null) return null;
  return (
    <>
      {session?.hasPassword === false ? (
        <p>You have no password: sign in once more, not longer than ten minutes before this.</p>
      ) : (
        <TextInput
          name="password"
          type="password"
          label="Present password"
          maxLength={128}
          autoComplete="current-password"
          size="md"
          required
        />
      )}
      {secondFactor && <CodeField label="A code of your app, or a recovery code" />}
    </>
  );
}

export function CodeField({ label }: { readonly label: string }) {
  return (
    <TextInput
      name="code"
      label={label}
      inputMode="text"
      autoComplete="one-time-code"
      minLength={6}
      maxLength={20}
      size="md"
      required
    />
  );
}
