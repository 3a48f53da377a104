import { type FormEvent, useId, useState } from 'react';
import type { Connection, TunnelPlanWish } from '../../../shared/contract/relay.ts';
import { useClient } from '../../data/client.tsx';
import { useShowConnection } from '../../data/connection.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { type Typed, WAYS, planOf, portOf, typedFrom, whyNotSaved } from './connection-words.ts';

interface DialogProps {
  told: Connection;
  onClose: () => void;
}

/** Which way carriers reach this computer. It counts from the next call on. */
export function ConnectionDialog({ told, onClose }: DialogProps) {
  const client = useClient();
  const show = useShowConnection();
  const [typed, setTyped] = useState(() => typedFrom(told));
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useId();
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || whyNotSaved(typed) !== null) return;
    setBusy(true);
    const token = typed.token === '' ? {} : { token: typed.token };
    const answer = await client.relay.set({ plan: planOf(typed), port: portOf(typed.port), ...token });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.error.sentence);
    show(answer.value);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Change the way in"
      description="It counts from the next call on. Calls under way are asked about."
      footer={
        <>
          <output className="mr-auto text-sm text-danger-text">{refusal}</output>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={isBusy ? 'It is being changed.' : whyNotSaved(typed)}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Select
          label="Way in"
          value={typed.kind}
          onChange={(kind) => set({ kind })}
          options={(Object.keys(WAYS) as TunnelPlanWish['kind'][]).map((value) => ({
            value,
            label: WAYS[value],
          }))}
        />
        <Fields typed={typed} set={set} hasToken={told.hasToken} />
        {typed.kind !== 'none' && (
          <Line
            label="Port on this computer"
            description="Only where something of yours leads to a port that never changes. Left empty, any free one is taken."
            value={typed.port}
            onChange={(port) => set({ port })}
          />
        )}
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  typed: Typed;
  set: (change: Partial<Typed>) => void;
  hasToken: boolean;
}

function Fields({ typed, set, hasToken }: FieldsProps) {
  switch (typed.kind) {
    case 'none':
      return (
        <p className="text-muted">Nothing from outside gets in. Carriers are asked every few seconds.</p>
      );
    case 'own-url':
      return (
        <Line
          label="Address"
          description="Where carriers reach your proxy, such as https://calls.example.com. It leads to the port below."
          value={typed.url}
          onChange={(url) => set({ url })}
          required
        />
      );
    case 'cloudflared':
      return (
        <>
          <Line
            label="Program"
            description="Where cloudflared lies on this computer. Parley brings none of its own."
            value={typed.binary}
            onChange={(binary) => set({ binary })}
            required
          />
          <Line
            label="Address of a named tunnel"
            description="Left empty, Cloudflare gives an address that lasts until Parley is closed."
            value={typed.url}
            onChange={(url) => set({ url })}
          />
          <Line
            label="Token of a named tunnel"
            description="Stays in the main process and is never shown again."
            type="password"
            autoComplete="new-password"
            placeholder={hasToken ? 'Kept. Type to replace it.' : ''}
            value={typed.token}
            onChange={(token) => set({ token })}
          />
        </>
      );
    case 'ssh':
      return (
        <>
          <Line
            label="Server"
            description="As for ssh itself: name@server.example. It has to let you in by a key."
            value={typed.destination}
            onChange={(destination) => set({ destination })}
            required
          />
          <Line
            label="Port that it listens on"
            description="Where carriers come in at the server, such as 80, or name:80 where it takes a name."
            value={typed.remote}
            onChange={(remote) => set({ remote })}
            required
          />
          <Line
            label="Address"
            description="Under which carriers reach that port. Left empty, the server has to say it."
            value={typed.url}
            onChange={(url) => set({ url })}
          />
          <Line
            label="Port for SSH"
            description="Left empty, 22."
            value={typed.sshPort}
            onChange={(sshPort) => set({ sshPort })}
          />
          <Line
            label="File with the key"
            description="Left empty, what ssh uses by itself."
            value={typed.keyFile}
            onChange={(keyFile) => set({ keyFile })}
          />
        </>
      );
  }
}

function Line(props: React.ComponentProps<typeof TextField>) {
  return (
    <TextField
      autoComplete="off"
      spellCheck={false}
      maxLength={props.type === 'password' ? 4_000 : 300}
      {...props}
    />
  );
}
