import { Button, PasswordInput, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { setup } from "#contract";
import { sendJson } from "../server/send-json.ts";
import { NO_FIELDS, SOURCE_KINDS, type SourceFields, type SourceKind, sourceText } from "./source-text.ts";
import { SourceAnswer } from "./source-answer.tsx";
import styles from "./setup.module.css";

/** Asks a node, shows what it really answers, and has it read from then on. */
export function ChooseSource() {
  const [kind, setKind] = useState<SourceKind>("core");
  const [fields, setFields] = useState<SourceFields>(NO_FIELDS);
  const test = useMutation({
    mutationFn: (source: string) => sendJson<setup.SourceTest>("/api/v1/setup/test", { source }),
  });
  const source = sourceText(kind, fields);
  const change = (field: keyof SourceFields, value: string): void => {
    setFields({ ...fields, [field]: value });
    test.reset();
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    test.mutate(source);
  };
  return (
    <>
      <form className={styles.form} onSubmit={send}>
        <SegmentedControl
          aria-label="Kind of source"
          data={SOURCE_KINDS.map(({ id, word }) => ({ value: id, label: word }))}
          value={kind}
          onChange={(value) => {
            setKind(value);
            test.reset();
          }}
        />
        <Fields kind={kind} fields={fields} onChange={change} />
        <Button type="submit" variant="default" className={styles.action ?? ""} loading={test.isPending}>
          Test
        </Button>
      </form>
      {test.error !== null && (
        <p role="alert" className={styles.trouble}>
          {test.error.message}
        </p>
      )}
      {test.data !== undefined && <SourceAnswer key={test.submittedAt} source={source} answer={test.data} />}
    </>
  );
}

type FieldsProps = {
  readonly kind: SourceKind;
  readonly fields: SourceFields;
  readonly onChange: (field: keyof SourceFields, value: string) => void;
};

const ADDRESSES = {
  core: { label: "Address", placeholder: "http://127.0.0.1:8332", description: "Of the node's JSON-RPC" },
  "core-files": {
    label: "Data directory",
    placeholder: "/home/you/.bitcoin",
    description: "On the machine that runs this program; the node may run or not",
  },
  esplora: {
    label: "Address",
    placeholder: "https://blockstream.info/api",
    description: "Of its API. A public server allows few requests: better your own",
  },
} as const;

function Fields({ kind, fields, onChange }: FieldsProps) {
  if (kind === "simnet")
    return (
      <TextInput
        label="Seed"
        description="Each number is a chain of its own, the same everywhere"
        inputMode="numeric"
        pattern="[0-9]{1,10}"
        value={fields.seed}
        onChange={({ currentTarget }) => onChange("seed", currentTarget.value)}
        size="md"
        required
      />
    );
  return (
    <>
      <TextInput
        {...ADDRESSES[kind]}
        value={fields.address}
        onChange={({ currentTarget }) => onChange("address", currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        size="md"
        required
      />
      {kind === "core" && (
        <div className={styles.pair}>
          <TextInput
            label="User"
            description="Empty: the node's cookie file is used"
            value={fields.user}
            onChange={({ currentTarget }) => onChange("user", currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            size="md"
          />
          <PasswordInput
            label="Password"
            description="Kept sealed, and never shown"
            value={fields.password}
            onChange={({ currentTarget }) => onChange("password", currentTarget.value)}
            autoComplete="off"
            size="md"
          />
        </div>
      )}
    </>
  );
}
