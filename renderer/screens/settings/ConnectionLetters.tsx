import { useState } from 'react';
import type { Letter } from '../../../shared/contract/relay.ts';
import { useClient } from '../../data/client.tsx';
import { useLetters, useShowConnection } from '../../data/connection.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { exactText } from '../../data/words.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Button } from '../../ui/Button.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { Group } from './Group.tsx';

/** What carriers told that nobody could act on: why, what it said, and once more. */
export function ConnectionLetters() {
  const notAllowed = useWhyNotAllowed('supervisor');
  const letters = useLetters(notAllowed === null);
  return (
    <Group
      title="Events nobody could act on"
      note="They are kept and hold nothing up. Most belong to calls of something else that uses the same account."
    >
      {notAllowed !== null ? (
        <p className="text-muted">{notAllowed}</p>
      ) : (
        <Loaded query={letters} label="Loading the events" what="The events could not be read." rows={2}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="text-muted">There are none.</p>
            ) : (
              <ul aria-label="Events nobody could act on" className="flex flex-col gap-2">
                {rows.map((letter) => (
                  <li key={`${letter.kind} ${letter.id}`}>
                    <Row letter={letter} />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </Group>
  );
}

function Row({ letter: { kind, id, at, carrier, reason, said } }: { letter: Letter }) {
  const client = useClient();
  const toasts = useToasts();
  const show = useShowConnection();
  const [refusal, setRefusal] = useState<string | null>(null);
  const again = async () => {
    const answer = await client.relay.redeliver({ kind, id });
    show(null);
    setRefusal(answer.ok ? null : answer.error.sentence);
    if (answer.ok) toasts.show({ text: `The event of ${carrier} was acted on.` });
  };
  return (
    <article className="flex flex-col gap-1 rounded-lg border bg-surface p-3">
      <p>
        <span className="font-medium">{carrier}</span>
        <span className="text-muted">, {exactText(at)}</span>
      </p>
      <p>{reason}</p>
      <details>
        <summary className="target w-fit rounded-sm text-sm text-muted">What it said</summary>
        <pre className="max-h-60 overflow-auto rounded-sm bg-sunken p-2 text-sm break-all whitespace-pre-wrap select-text">
          {said}
        </pre>
      </details>
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm" aria-label={`Try again: event of ${exactText(at)}`} onClick={() => void again()}>
          Try again
        </Button>
        {refusal !== null && (
          <p role="alert" className="text-sm text-danger-text">
            {refusal}
          </p>
        )}
      </div>
    </article>
  );
}
