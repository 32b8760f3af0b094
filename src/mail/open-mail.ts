import type { Logger } from "#lib";
import { mailNotSent, mailServerError } from "./errors.ts";

export type Letter = { readonly to: string; readonly subject: string; readonly text: string };

export type Mail = {
  /** Whether letters leave this machine. */
  readonly leaves: boolean;
  readonly send: (letter: Letter) => Promise<void>;
};

export type MailOptions = {
  /** `smtp://user:password@host:587` or `smtps://…`; without it letters go into the log. */
  readonly server: string | undefined;
  readonly from: string;
  readonly logger: Logger;
};

const ANSWER_WITHIN_MS = 10_000;

/** @throws AppError MAIL_SERVER where the address is none */
export function openMail({ server, from, logger }: MailOptions): Mail {
  if (server === undefined) return { leaves: false, send: (letter) => writeToLog(logger, letter) };
  const url = URL.parse(server);
  if (url === null || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "") {
    throw mailServerError("the mail server has to be smtp://user:password@host:port or smtps://…");
  }
  return {
    leaves: true,
    send: async (letter) => {
      // Few letters are sent, and loading what sends them would keep every start waiting.
      const { createTransport } = await import("nodemailer");
      const limits = {
        connectionTimeout: ANSWER_WITHIN_MS,
        greetingTimeout: ANSWER_WITHIN_MS,
        socketTimeout: ANSWER_WITHIN_MS,
      };
      const transport = createTransport({ url: server, ...limits, disableFileAccess: true, disableUrlAccess: true });
      try {
        await transport.sendMail({ from, ...letter });
      } catch (error) {
        throw mailNotSent(error);
      } finally {
        transport.close();
      }
    },
  };
}

/** Whoever may read the log is its operator, and can hand the letter on. */
async function writeToLog(logger: Logger, letter: Letter): Promise<void> {
  logger.warn({ ...letter }, "no mail server is set (UTXOIQ_SMTP_URL): this letter was not sent");
}
