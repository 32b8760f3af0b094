import {
  cloneElement,
  type FocusEvent,
  type KeyboardEvent,
  lazy,
  type PointerEvent,
  type ReactElement,
  type DOMAttributes,
  Suspense,
  useEffect,
  useState,
} from "react";

/** What draws one is loaded when the first is asked for: a page has hundreds, and a reader looks at few. */
const Bubble = lazy(() => import("./bubble.tsx").then(({ Bubble }) => ({ default: Bubble })));

const OPEN_DELAY_MS = 150;

type Child = ReactElement<DOMAttributes<HTMLElement>>;

type Props = {
  readonly label: string;
  /** Whether it comes with the focus too: what is not said otherwise to whoever uses no mouse. */
  readonly focus?: boolean;
  /** Breaks long texts into lines of at most so many pixels. */
  readonly width?: number;
  readonly className?: string | undefined;
  /** One element, which has none of these handlers of its own. */
  readonly children: Child;
};

/** A word about what one points at, touches or, where it says so, focuses; Escape takes it away. */
export function Hint({ label, focus = false, width, className, children }: Props) {
  /** What was asked about; there is none before. */
  const [target, setTarget] = useState<HTMLElement | null>(null);
  /** What the pointer rests on. */
  const [pointed, setPointed] = useState<HTMLElement | null>(null);
  const [opened, setOpened] = useState(false);
  const open = (at: HTMLElement): void => {
    setTarget(at);
    setOpened(true);
  };
  const close = (): void => {
    setPointed(null);
    setOpened(false);
  };
  useEffect(() => {
    if (pointed === null) return;
    const timer = setTimeout(() => {
      setTarget(pointed);
      setOpened(true);
    }, OPEN_DELAY_MS);
    return () => clearTimeout(timer);
  }, [pointed]);
  useEffect(() => {
    if (!opened) return;
    const onPointerDown = ({ target: at }: Event): void => {
      if (!(at instanceof Node && target?.contains(at) === true)) setOpened(false);
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, [opened, target]);
  const child = cloneElement(children, {
    onPointerEnter: ({ pointerType, currentTarget }: PointerEvent<HTMLElement>) => {
      if (pointerType === "touch") open(currentTarget);
      else setPointed(currentTarget);
    },
    // A finger leaves what it touches at once; then it goes with the next touch of something else.
    onPointerLeave: ({ pointerType }: PointerEvent) => {
      if (pointerType !== "touch") close();
    },
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === "Escape") close();
    },
    ...(focus && {
      onFocus: ({ currentTarget }: FocusEvent<HTMLElement>) => {
        if (currentTarget.matches(":focus-visible")) open(currentTarget);
      },
      onBlur: close,
    }),
  });
  return (
    <>
      {child}
      {target !== null && (
        <Suspense fallback={null}>
          <Bubble target={target} opened={opened} label={label} width={width} className={className} />
        </Suspense>
      )}
    </>
  );
}
