import { Button, UnstyledButton } from "@mantine/core";
import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { InsightFacets } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { Dialog } from "../parts/dialog.tsx";
import { type Category, CHOICES } from "./category.ts";
import { CategoryWord } from "./category-filter.tsx";
import { CONFIDENCES, countHidden, type FeedFilter, nameOfKind, NOTHING, STATUSES, TIMES } from "./feed-filter.ts";
import styles from "./search.module.css";
import { wordOf } from "./status.tsx";

type Change = (parts: { [Part in keyof FeedFilter]?: FeedFilter[Part] | undefined }) => void;

type Props = {
  readonly filter: FeedFilter;
  /** `undefined` while they are counted. */
  readonly facets: InsightFacets | undefined;
  readonly onChange: Change;
};

/** Every part of the filter with how many insights it would leave; a sheet at the bottom of a phone. */
export function FilterButton({ filter, facets, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const hidden = countHidden(filter);
  const close = (): void => setOpen(false);
  return (
    <>
      <UnstyledButton className={styles.open} onClick={() => setOpen(true)} data-active={hidden > 0}>
        <SlidersHorizontal size={16} aria-hidden="true" />
        Filters{hidden > 0 && ` (${hidden})`}
      </UnstyledButton>
      <Dialog title="Filter insights" open={open} onClose={close} sheet>
        <div className={styles.groups}>
          <Choices title="Category">
            {CHOICES.filter((choice): choice is Category => choice !== "all").map((category) => (
              <Choice
                key={category}
                chosen={filter.category === category}
                count={countOf(facets?.category, category)}
                onChoose={(chosen) => onChange({ category: chosen ? category : undefined })}
              >
                <CategoryWord category={category} />
              </Choice>
            ))}
          </Choices>
          <Choices title="Time of the block">
            {TIMES.map(({ id, word }) => (
              <Choice
                key={id}
                chosen={filter.since === id}
                count={undefined}
                onChoose={(chosen) => onChange({ since: chosen ? id : undefined })}
              >
                {word}
              </Choice>
            ))}
          </Choices>
          <Choices title="Kind">
            {kindsOf(facets, filter.kind).map((kind) => (
              <Choice
                key={kind}
                chosen={filter.kind === kind}
                count={countOf(facets?.kind, kind)}
                onChoose={(chosen) => onChange({ kind: chosen ? kind : undefined })}
              >
                {nameOfKind(kind)}
              </Choice>
            ))}
          </Choices>
          <Choices title="Confidence">
            {CONFIDENCES.map((confidence) => (
              <Choice
                key={confidence}
                chosen={filter.confidence === confidence}
                count={facets?.confidence.find(({ atLeast }) => Math.round(atLeast * 100) === confidence)?.count}
                onChoose={(chosen) => onChange({ confidence: chosen ? confidence : undefined })}
              >
                {confidence} % and more
              </Choice>
            ))}
          </Choices>
          <Choices title="Status">
            {STATUSES.map((status) => (
              <Choice
                key={status}
                chosen={filter.status === status}
                count={countOf(facets?.status, status)}
                onChoose={(chosen) => onChange({ status: chosen ? status : undefined })}
              >
                {wordOf(status)}
              </Choice>
            ))}
          </Choices>
        </div>
        <div className={styles.foot}>
          <Button variant="default" onClick={() => onChange(NOTHING)}>
            Clear all
          </Button>
          <Button onClick={close}>
            {facets === undefined ? "Show" : `Show ${facets.complete ? "" : "at least "}${formatCount(facets.total)}`}
            {facets?.total === 1 ? " insight" : " insights"}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

type Facet = readonly { readonly value: string; readonly count: number }[];

function countOf(facet: Facet | undefined, value: string): number | undefined {
  return facet && (facet.find((one) => one.value === value)?.count ?? 0);
}

/** Those there are, and the chosen one even where it leaves nothing. */
function kindsOf(facets: InsightFacets | undefined, chosen: string | undefined): readonly string[] {
  const kinds: readonly string[] = facets?.kind.map(({ value }) => value) ?? [];
  return chosen === undefined || kinds.includes(chosen) ? kinds : [chosen, ...kinds];
}

function Choices({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <h3 id={id} className={styles.groupTitle}>
        {title}
      </h3>
      <div className={styles.choices}>{children}</div>
    </div>
  );
}

type ChoiceProps = {
  readonly chosen: boolean;
  readonly count: number | undefined;
  readonly onChoose: (chosen: boolean) => void;
  readonly children: ReactNode;
};

function Choice({ chosen, count, onChoose, children }: ChoiceProps) {
  return (
    <UnstyledButton className={styles.choice} aria-pressed={chosen} onClick={() => onChoose(!chosen)}>
      {children}
      {count !== undefined && <span className={styles.count}>{formatCount(count)}</span>}
    </UnstyledButton>
  );
}

/** What is narrowed out of sight, in words, each to be taken away. */
export function ActiveFilters({ filter, onChange }: Omit<Props, "facets">) {
  const parts: readonly (readonly [keyof FeedFilter, string | undefined])[] = [
    ["kind", filter.kind && nameOfKind(filter.kind)],
    ["confidence", filter.confidence === undefined ? undefined : `Confidence ${filter.confidence} % and more`],
    ["status", filter.status && wordOf(filter.status)],
    ["since", TIMES.find(({ id }) => id === filter.since)?.word],
  ];
  const active = parts.filter(([, word]) => word !== undefined);
  if (active.length === 0) return null;
  return (
    <ul className={styles.active} aria-label="Filters in use">
      {active.map(([part, word]) => (
        <li key={part}>
          <UnstyledButton
            className={styles.remove}
            aria-label={`Remove the filter ${word}`}
            onClick={() => onChange({ [part]: undefined })}
          >
            {word} <span aria-hidden="true">×</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
