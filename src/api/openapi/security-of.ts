import { accounts } from "#contract";
import { type GuestAccess, type Permission, permissionsOf } from "../permissions.ts";

/** Ways to say who asks. */
export function describeSecurity(cookieName: string): Readonly<Record<string, object>> {
  const bearer = (description: string) => ({ type: "http", scheme: "bearer", description });
  return {
    session: {
      type: "apiKey",
      in: "cookie",
      name: cookieName,
      description:
        "Set by signing in; {instance} stands for eight hexadecimal digits that each instance has of its own, and `__Secure-` stands before it where people come by https.",
    },
    token: { ...bearer("Of a session, for a quarter of an hour: POST /api/v1/account/token"), bearerFormat: "JWT" },
    apiKey: bearer("Made by POST /api/v1/account/keys, for the permissions that it was made for"),
    operator: bearer(
      "What lies in operator.token of the data directory; a browser has a cookie instead, by the link that utxoiq operator prints",
    ),
  };
}

/** Who may call what needs a permission: each way by itself, with the permission as OpenAPI names roles. */
export function securityOf(needed: Permission, guests: GuestAccess): readonly Record<string, readonly string[]>[] {
  const open = permissionsOf({ role: "guest" }, guests).includes(needed);
  if (needed === "public") return [];
  const roles = ["member", "analyst", "service", "admin"] as const;
  const byAccount = roles.some((role) => permissionsOf({ role }, guests).includes(needed));
  const byOperator = permissionsOf({ role: "operator" }, guests).includes(needed);
  const byKey = byAccount && accounts.keyScope.options.some((scope) => scope === needed);
  return [
    ...(open ? [{}] : []),
    ...(byAccount ? [{ session: [needed] }, { token: [needed] }] : []),
    ...(byKey ? [{ apiKey: [needed] }] : []),
    ...(byOperator ? [{ operator: [needed] }] : []),
  ];
}
