import { ActionIcon, NativeSelect } from "@mantine/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { Sorting } from "./sorting.ts";
import styles from "./table.module.css";

type Props = {
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
};

/** On a phone, where rows are cards and there are no heads to press. */
export function SortBy({ columns, sorting, onSort }: Props) {
  const [first, ...others] = sorting;
  const falling = first?.falling ?? true;
  return (
    <div className={styles.sortBy}>
      <NativeSelect
        aria-label="Sort by"
        value={first?.column ?? ""}
        data={[
          { value: "", label: "As they came" },
          ...columns.map(({ id, title }) => ({ value: id, label: `By ${title.toLowerCase()}` })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onSort(value === "" ? [] : [{ column: value, falling }, ...others.filter(({ column }) => column !== value)])
        }
      />
      {first !== undefined && (
        <ActionIcon
          variant="default"
          size={44}
          aria-label={falling ? "Largest first" : "Smallest first"}
          onClick={() => onSort([{ column: first.column, falling: !falling }, ...others])}
        >
          {falling ? <ArrowDown size={16} /> : <ArrowUp size={16} />}
        </ActionIcon>
      )}
    </div>
  );
}
