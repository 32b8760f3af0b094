import type { ReactNode } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { Form } from "./form.tsx";

type Props = {
  readonly title: string;
  readonly action: string;
  readonly open: boolean;
  readonly sending: boolean;
  readonly error: Error | null;
  readonly onSend: (fields: Readonly<Record<string, string>>) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** What cannot be taken back is said, and asked for once more, before it is done. */
export function AskFirst({ title, open, onClose, children, ...form }: Props) {
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <Form {...form}>{children}</Form>
    </Dialog>
  );
}
