import { UnstyledButton } from "@mantine/core";
import styles from "./metrics.module.css";
import { RANGES, type RangeSearch, RESOLUTIONS } from "./range.ts";

type Props = {
  readonly search: RangeSearch;
  readonly onChange: (search: RangeSearch) => void;
  /** False where there is nothing to be seen in other steps. */
  readonly steps?: boolean;
  readonly longestDays?: number;
};

/** How far back, and in what steps; both stand in the address. Another time shows all of it, other steps what was shown. */
export function RangeControl({ search, onChange, steps = true, longestDays = Infinity }: Props) {
  const { range = "30d", by = "auto" } = search;
  return (
    <div className={styles.controls}>
      <div role="group" aria-label="How far back" className={styles.group}>
        {RANGES.filter(({ days }) => days <= longestDays).map(({ id, word }) => (
          <UnstyledButton key={id} aria-pressed={id === range} onClick={() => onChange({ range: id, by })}>
            {word}
          </UnstyledButton>
        ))}
      </div>
      {steps && (
        <div role="group" aria-label="In steps of" className={styles.group}>
          {RESOLUTIONS.map(({ id, word }) => (
            <UnstyledButton key={id} aria-pressed={id === by} onClick={() => onChange({ ...search, range, by: id })}>
              {word}
            </UnstyledButton>
          ))}
        </div>
      )}
    </div>
  );
}
