import { UnstyledButton } from "@mantine/core";
import { CATEGORIES, type CategoryChoice, CHOICES } from "./category.ts";
import styles from "./feed.module.css";

type Props = { readonly choice: CategoryChoice; readonly onChoose: (choice: CategoryChoice) => void };

export function CategoryFilter({ choice, onChoose }: Props) {
  return (
    <div role="group" aria-label="Show insights of one category" className={styles.filter}>
      {CHOICES.map((option) => (
        <UnstyledButton
          key={option}
          className={styles.choice}
          aria-pressed={option === choice}
          onClick={() => onChoose(option)}
        >
          {option === "all" ? "All" : <CategoryWord category={option} />}
        </UnstyledButton>
      ))}
    </div>
  );
}

/** Icon, word and hue: a category is never told by its colour alone. */
export function CategoryWord({ category }: { readonly category: Exclude<CategoryChoice, "all"> }) {
  const { icon: Icon, word } = CATEGORIES[category];
  return (
    <span className={styles.category}>
      <Icon size={14} aria-hidden="true" color={`var(--${category})`} />
      {word}
    </span>
  );
}
