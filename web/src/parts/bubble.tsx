import { Tooltip } from "@mantine/core";

type Props = {
  readonly target: HTMLElement;
  readonly opened: boolean;
  readonly label: string;
  readonly width: number | undefined;
  readonly className: string | undefined;
};

/** The look of a hint. */
export function Bubble({ target, opened, label, width, className }: Props) {
  return (
    <Tooltip
      target={target}
      opened={opened}
      label={label}
      fz={12}
      radius={6}
      color="var(--tooltip)"
      styles={{ tooltip: { color: "var(--on-tooltip)" } }}
      {...(width !== undefined && { multiline: true, maw: width })}
      {...(className !== undefined && { classNames: { tooltip: className } })}
    />
  );
}
