import { CircleDashed, CircleDot, CircleX, type LucideIcon } from "lucide-react";
import type { Insight } from "#contract";
import { Hint } from "../parts/hint.tsx";
import styles from "./feed.module.css";

type Status = Insight["status"];

const STATUSES: Readonly<
  Record<Status, { readonly word: string; readonly meaning: string; readonly icon: LucideIcon }>
> = {
  preliminary: {
    word: "Block young",
    meaning: "Preliminary: fewer than five blocks lie on top of it, and a reorg could still remove it.",
    icon: CircleDashed,
  },
  confirmed: {
    word: "Block settled",
    meaning: "At least five blocks lie on top of its block. Whether what it claims came true is another matter.",
    icon: CircleDot,
  },
  retracted: { word: "Retracted", meaning: "Its block is no longer part of the chain.", icon: CircleX },
};

export const wordOf = (status: Status): string => STATUSES[status].word;

export const meaningOf = (status: Status): string => STATUSES[status].meaning;

export function StatusWord({ status }: { readonly status: Status }) {
  const { word, meaning, icon: Icon } = STATUSES[status];
  return (
    <Hint label={meaning} width={300}>
      <span className={styles.status} data-status={status}>
        <Icon size={12} aria-hidden="true" />
        {word}
      </span>
    </Hint>
  );
}
