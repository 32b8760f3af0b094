import { Button, NumberInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { setup } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { Fact, Facts } from "../parts/facts.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { sendJson } from "../server/send-json.ts";
import styles from "./setup.module.css";

type Props = { readonly source: string; readonly answer: setup.SourceTest };

/** What a node answered and, where blocks can be read from it, from which on they shall be. */
export function SourceAnswer({ source, answer: { ok, message, tried } }: Props) {
  const [start, setStart] = useState<number | string>("");
  const use = useMutation({
    mutationFn: () =>
      sendJson("/api/v1/setup/source", { source, ...(start === "" ? {} : { startHeight: Number(start) }) }, "PUT"),
  });
  return (
    <section className={styles.answer} aria-label="What it answered">
      <p role="status">
        <StateMark tone={ok ? "good" : "bad"} /> {message}
      </p>
      {tried !== null && (
        <>
          <Facts>
            <Fact name="Network">{tried.network}</Fact>
            <Fact name="Newest block">{tried.tipHeight === null ? "not known" : formatCount(tried.tipHeight)}</Fact>
            <Fact name="Oldest block">
              {tried.lowestHeight === null ? "not known" : formatCount(tried.lowestHeight)}
            </Fact>
          </Facts>
          {tried.fits === false && (
            <p>
              This is another chain than the one that is stored. It gets a directory of its own, and what is stored now
              stays where it is.
            </p>
          )}
          {use.isSuccess ? (
            <Begun anew={tried.fits === false} />
          ) : (
            <div className={styles.use}>
              {tried.fits !== true && (
                <NumberInput
                  label="First block"
                  description="Empty: two weeks before the newest. Older ones can be read later"
                  value={start}
                  onChange={setStart}
                  min={tried.lowestHeight ?? 0}
                  {...(tried.tipHeight === null ? {} : { max: tried.tipHeight })}
                  allowDecimal={false}
                  size="md"
                />
              )}
              <Button color="dark" className={styles.action ?? ""} loading={use.isPending} onClick={() => use.mutate()}>
                Read blocks from there
              </Button>
            </div>
          )}
        </>
      )}
      {use.error !== null && (
        <p role="alert" className={styles.trouble}>
          {use.error.message}
        </p>
      )}
    </section>
  );
}

function Begun({ anew }: { readonly anew: boolean }) {
  return (
    <p role="status" className={styles.begun}>
      It is chosen: the program begins anew with it, and this page follows in a moment.
      {anew && (
        <>
          {" "}
          As its data lie in a directory of their own, you are the operator there by a new link:{" "}
          <code>npm run -s utxoiq -- operator</code>.
        </>
      )}
    </p>
  );
}
