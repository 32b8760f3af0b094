import { z } from "zod";

/** Whoever has no password is asked for none; they have to have signed in within ten minutes. */
const code = z.string().trim().min(6).max(20).meta({ description: "Six digits, or a recovery code" });

export const proofBody = z.strictObject({
  password: z.string().min(1).max(128).optional(),
  code: code.optional(),
});
export type ProofBody = z.infer<typeof proofBody>;

export const codeBody = z.strictObject({ code });

const recoveryCodes = z.array(z.string()).meta({ description: "Each opens the account once where there is no code" });

export const secondFactorState = z
  .object({
    on: z.boolean(),
    recoveryCodesLeft: z.int().meta({ description: "That nobody has used; 0 where codes are off" }),
  })
  .meta({ id: "SecondFactor" });
export type SecondFactorState = z.infer<typeof secondFactorState>;

export const newSecondFactor = z
  .object({
    uri: z.string().meta({ description: "otpauth://…, told this once" }),
    recoveryCodes,
  })
  .meta({ id: "NewSecondFactor" });
export type NewSecondFactor = z.infer<typeof newSecondFactor>;

export const recoveryCodesAnswer = z.object({ recoveryCodes }).meta({ id: "RecoveryCodes" });
export type RecoveryCodes = z.infer<typeof recoveryCodesAnswer>;
