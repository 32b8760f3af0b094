import { Lock } from "lucide-react";
import { neededPermission } from "../server/needed-permission.ts";
import { useMay } from "../server/use-session.ts";

/** Beside the name of a page that the server would refuse to whoever looks; the page says why. */
export function ClosedMark({ to }: { readonly to: string }) {
  const may = useMay(neededPermission(to));
  return may === false ? <Lock size={12} role="img" aria-label="(not open to you)" /> : null;
}
