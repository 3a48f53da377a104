import { useState } from 'react';
import type { Law, LawRule } from '../../../../shared/contract/law.ts';
import { useClient } from '../../../data/client.tsx';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Combobox } from '../../../ui/Combobox.tsx';
import { Group } from '../Group.tsx';
import { OverrideDialog } from './OverrideDialog.tsx';
import { OwnHoursDialog } from './OwnHoursDialog.tsx';
import { useLawWish } from './use-law.ts';

/** What the book says of one place, rule by rule with its source; where it may be stricter, and where looser. */
export function PlaceRules({ law }: { law: Law }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const notAllowed = useWhyNotAllowed('supervisor');
  const wanted = chosen ?? law.home.state ?? law.home.country;
  const place =
    law.places.find(({ jurisdiction }) => jurisdiction === wanted) ??
    law.places.find(({ jurisdiction }) => jurisdiction === law.home.country) ??
    law.places[0];
  return (
    <Group
      title="What the law says"
      note="Every place a number may be in counts, and the strictest wins. A campaign may ask for less, and never for more."
    >
      <div className="flex flex-wrap items-end gap-3">
        <Combobox
          className="w-72"
          label="Place"
          value={place?.jurisdiction ?? null}
          onChange={(next) => setChosen(next)}
          options={law.places.map(({ jurisdiction, name, rules }) => ({
            value: jurisdiction,
            label: name,
            description: rules.length === 1 ? 'One rule' : `${rules.length} rules`,
          }))}
        />
        <Button disabledReason={notAllowed} onClick={() => setAdding(true)}>
          Be stricter…
        </Button>
      </div>
      {place !== undefined && (
        <ul aria-label={`Rules: ${place.name}`} className="flex flex-col divide-y rounded-lg border">
          {place.rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} />
          ))}
        </ul>
      )}
      {isAdding && <OwnHoursDialog law={law} place={place?.jurisdiction} onClose={() => setAdding(false)} />}
    </Group>
  );
}

function RuleRow({ rule }: { rule: LawRule }) {
  const { title, sentence, citation, asOf, confidence, note, override, isOwn } = rule;
  const dates = [
    rule.effectiveFrom === null ? [] : `in force since ${rule.effectiveFrom}`,
    rule.effectiveUntil === null ? [] : `until ${rule.effectiveUntil}`,
    `as of ${asOf}`,
  ].flat();
  return (
    <li className="flex items-start gap-4 px-4 py-3">
      <span className="w-40 shrink-0 font-medium">{title}</span>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className={override === null ? '' : 'text-muted line-through'}>{sentence}</span>
        <span className="text-sm text-muted">
          {citation}, {dates.join(', ')}. {confidence}
        </span>
        {note !== null && <span className="text-sm text-muted">{note}</span>}
        {override !== null && (
          <span className="text-sm">
            <Badge tone="warn">Taken out</Badge> by {override.by} on {override.on}: {override.reason}
          </span>
        )}
        {isOwn && (
          <span className="text-sm">
            <Badge tone="accent">Your own</Badge>
          </span>
        )}
      </span>
      <RuleAct rule={rule} />
    </li>
  );
}

function RuleAct({ rule: { id, title, override, isOwn, whyKept } }: { rule: LawRule }) {
  const client = useClient();
  const wish = useLawWish();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [isAsking, setAsking] = useState(false);
  if (isOwn)
    return (
      <Button
        size="sm"
        aria-label={`Remove your own hours ${id}`}
        disabledReason={notAllowed}
        onClick={() =>
          void wish(client.law.removeOwnHours({ id }), 'Your own hours are gone. The law’s remain.')
        }
      >
        Remove
      </Button>
    );
  if (override !== null)
    return (
      <Button
        size="sm"
        aria-label={`Put back ${title}, ${id}`}
        disabledReason={notAllowed}
        onClick={() => void wish(client.law.restore({ rule: id }), 'The rule is in force again.')}
      >
        Put back
      </Button>
    );
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Take out ${title}, ${id}`}
        disabledReason={whyKept ?? notAllowed}
        onClick={() => setAsking(true)}
      >
        Take out…
      </Button>
      {isAsking && <OverrideDialog rule={id} title={title} onClose={() => setAsking(false)} />}
    </>
  );
}
