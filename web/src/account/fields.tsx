import { TextInput } from "@mantine/core";

export function EmailField({ value }: { readonly value?: string }) {
  const given = value === undefined ? {} : { defaultValue: value };
  return (
    <TextInput name="email" type="email" label="E-mail address" autoComplete="username" size="md" required {...given} />
  );
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
