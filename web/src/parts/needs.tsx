import type { ReactNode } from "react";
import { useMay } from "../server/use-session.ts";
import { Locked } from "./locked.tsx";
import { Panel } from "./panel.tsx";

type Props = {
  readonly title: string;
  /** By the names of permissions.ts. */
  readonly permission: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** What the server would refuse is not asked for: why it is not shown stands in its place. */
export function Needs({ title, permission, className, children }: Props) {
  if (useMay(permission) !== false) return children;
  return (
    <Panel title={title}>
      <Locked className={className} />
    </Panel>
  );
}
