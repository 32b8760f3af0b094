import type { ColumnType, Generated } from "kysely";

export type PersonRole = "member" | "analyst" | "service" | "admin";
export type Tier = "free" | "pro" | "power";

type PeopleTable = {
  id: string;
  name: string;
  email: string;
  email_verified: boolean;
  image: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  role: Generated<PersonRole>;
  tier: Generated<Tier>;
  blocked: Generated<boolean>;
  time_zone: string | null;
  locale: string | null;
  two_factor_enabled: Generated<boolean>;
  mail_key_reminders: Generated<boolean>;
  entrance_version: Generated<number>;
};

type SessionsTable = {
  id: string;
  token: string;
  person_id: string;
  expires_at: Date;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  used_at: Generated<Date>;
  ip_address: string | null;
  user_agent: string | null;
};

type RefreshTokensTable = { hash: Buffer; family: string; session_id: string; used_at: Date | null };

type InvitationsTable = {
  id: string;
  email: string;
  role: PersonRole;
  token_hash: Buffer;
  created_at: Generated<Date>;
  expires_at: Date;
  invited_by: string | null;
};

type SignInAttemptsTable = { account: string; address: string; attempts: number; next_at: Date };

type ApiKeysTable = {
  id: string;
  person_id: string;
  name: string;
  prefix: string;
  hash: Buffer;
  scopes: ColumnType<string[], readonly string[], never>;
  created_at: Generated<Date>;
  expires_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
  /** Since when another has its place. */
  replaced_at: Date | null;
  reminded_at: Date | null;
  requests_per_hour: number | null;
};

type TiersTable = { name: Tier; requests_per_hour: number; keys: number; exported_insights: number };

/** Of what the library writes by itself: as much as is asked for here. */
type SecondFactorsTable = { person_id: string; verified: boolean };
type PasskeysTable = {
  id: string;
  person_id: string;
  credential_id: string;
  name: string | null;
  backed_up: boolean;
  created_at: Date | null;
};

type SignInMethodsTable = {
  id: string;
  person_id: string;
  provider_id: string;
  account_id: string;
  created_at: Generated<Date>;
};

type DenialsTable = {
  hour: Date;
  address: string;
  role: string;
  person_id: string;
  route: string;
  code: string;
  count: number;
  first_at: Date;
  last_at: Date;
  last_request_id: string | null;
  last_target: string | null;
};

type OperatorSessionsTable = {
  id: string;
  created_at: Generated<Date>;
  used_at: Generated<Date>;
  expires_at: Date;
  address: string | null;
  user_agent: string | null;
};

/** What of the accounts is asked for here; the rest is Better Auth's own. */
export type AccountTables = {
  people: PeopleTable;
  sessions: SessionsTable;
  lasting_sessions: SessionsTable;
  refresh_tokens: RefreshTokensTable;
  invitations: InvitationsTable;
  sign_in_attempts: SignInAttemptsTable;
  api_keys: ApiKeysTable;
  second_factors: SecondFactorsTable;
  passkeys: PasskeysTable;
  tiers: TiersTable;
  operator_sessions: OperatorSessionsTable;
  lasting_operator_sessions: OperatorSessionsTable;
  denials: DenialsTable;
  sign_in_methods: SignInMethodsTable;
  verifications: { identifier: string; value: string };
  usage_counts: { name: string; hour: Date; used: number };
};
