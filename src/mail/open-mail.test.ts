import { readFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { expect, test } from "vitest";
import { createLogger } from "#lib";
import { openMail } from "./open-mail.ts";

const letter = { to: "ada@example.org", subject: "Grüße", text: "A link: http://localhost/a?b=c\n" };
const silent = createLogger(undefined, "silent");

/** A mail server that takes what it is given, while the work goes on. */
async function withServer(work: (url: string, taken: string[]) => Promise<void>): Promise<void> {
  const taken: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onAuth: ({ username, password }, _session, done) =>
      password === "secret" ? done(null, { user: username }) : done(new Error("wrong")),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const from = session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address;
        taken.push(`${from}\n${Buffer.concat(pieces).toString()}`);
        done();
      });
    },
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  const listening = server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = listening.address();
  try {
    await work(`127.0.0.1:${typeof address === "object" ? address?.port : ""}`, taken);
  } finally {
    await new Promise<void>((closed) => server.close(() => closed()));
  }
}

test("a letter reaches the server, from whom and to whom it should", async () => {
  await withServer(async (place, taken) => {
    const mail = openMail({ server: `smtp://user:secret@${place}`, from: "iq <iq@example.org>", logger: silent });
    expect(mail.leaves).toBe(true);
    await mail.send(letter);
    expect(taken[0]).toMatch(/^iq@example\.org\n/);
    expect(taken[0]).toContain("To: ada@example.org");
    expect(taken[0]).toContain("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
    expect(taken[0]).toContain("A link: http://localhost/a?b=3Dc".replace("=3D", "="));
  });
});

test("an address cannot smuggle another recipient or header in", async () => {
  await withServer(async (place, taken) => {
    const mail = openMail({ server: `smtp://${place}`, from: "iq@example.org", logger: silent });
    await mail.send({ ...letter, subject: "One\r\nBcc: eve@example.org" });
    expect(taken[0]).not.toMatch(/^Bcc:/m);
  });
});

test("a server that refuses, and one that is not there, are told", async () => {
  await withServer(async (place) => {
    const mail = openMail({ server: `smtp://user:wrong@${place}`, from: "iq@example.org", logger: silent });
    await expect(mail.send(letter)).rejects.toMatchObject({ code: "MAIL_NOT_SENT", retryable: true });
  });
  const nobody = openMail({ server: "smtp://127.0.0.1:9", from: "iq@example.org", logger: silent });
  await expect(nobody.send(letter)).rejects.toMatchObject({ code: "MAIL_NOT_SENT" });
});

test.each(["mail.example.org", "http://mail.example.org", "smtp:"])("%s is no mail server", (server) => {
  expect(() => openMail({ server, from: "iq@example.org", logger: silent })).toThrow("smtp://");
});

test("without a server a letter goes into the log, with a warning", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "utxoiq-mail-")), "log");
  const logger = createLogger(file, "info");
  const mail = openMail({ server: undefined, from: "iq@example.org", logger });
  await mail.send(letter);
  logger.flush();
  await expect.poll(() => readFileSync(file, "utf8")).toContain("http://localhost/a?b=c");
  expect(mail.leaves).toBe(false);
});
