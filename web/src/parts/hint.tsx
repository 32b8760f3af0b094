import {
  cloneElement,
  type KeyboardEvent,
  lazy,
  type PointerEvent,
  type ReactElement,
  type RefAttributes,
  type DOMAttributes,
  Suspense,
  useEffect,
  useRef,
  useState,
} from "react";

/** What draws one is loaded when the first is asked for: a page has hundreds, and a reader looks at few. */
const Bubble = lazy(() => import("./bubble.tsx").then(({ Bubble }) => ({ default: Bubble })));

const OPEN_DELAY_MS = 150;

type Child = ReactElement<DOMAttributes<HTMLElement> & RefAttributes<HTMLElement>>;

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
  const target = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [asked, setAsked] = useState(false);
  const [opened, setOpened] = useState(false);
  const open = (): void => {
    setAsked(true);
    setOpened(true);
  };
  const close = (): void => {
    clearTimeout(timer.current);
    setOpened(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!opened) return;
    const onPointerDown = ({ target: at }: Event): void => {
      if (!(at instanceof Node && target.current?.contains(at) === true)) setOpened(false);
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, [opened]);
  const child = cloneElement(children, {
    ref: target,
    onPointerEnter: ({ pointerType }: PointerEvent) => {
      if (pointerType === "touch") open();
      else timer.current = setTimeout(open, OPEN_DELAY_MS);
    },
    // A finger leaves what it touches at once; then it goes with the next touch of something else.
    onPointerLeave: ({ pointerType }: PointerEvent) => {
      if (pointerType !== "touch") close();
    },
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === "Escape") close();
    },
    ...(focus && {
      onFocus: () => {
        if (target.current?.matches(":focus-visible") === true) open();
      },
      onBlur: close,
    }),
  });
  return (
    <>
      {child}
      {asked && (
        <Suspense fallback={null}>
          <Bubble target={target} opened={opened} label={label} width={width} className={className} />
        </Suspense>
      )}
    </>
  );
}
