import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { OutlookRules } from '../../../shared/contract/meaning.ts';
import {
  ANY_REACHED,
  type OutlookRule,
  STAGES,
  STAGE_WORD,
  TEMPERATURES,
  TEMPERATURE_WORD,
  isShadowed,
} from '../../../shared/domain/outlook.ts';
import { ABOUT_MEANING, SENTIMENTS, SENTIMENT_WORDS } from '../../../shared/domain/sentiment.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { answered } from '../../data/queries.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { Group } from '../settings/Group.tsx';

/** How outcomes move contacts: a table of when and then, the first row that fits a call decides. */
export function OutlookRulesGroup() {
  const { meaning } = useClient();
  const rules = useQuery({ queryKey: ['meaning', 'rules'], queryFn: () => answered(meaning.rules()) });
  return (
    <Group
      title="Temperature and stage"
      note={`When a call has been filed, the first rule that fits it decides how warm its contact is and how far they have come. Each move is kept with its reason on the contact’s page, and can be taken back there. How a call sounded: ${ABOUT_MEANING.charAt(0).toLowerCase()}${ABOUT_MEANING.slice(1)}`}
    >
      <Loaded query={rules} label="Loading the rules" what="The rules could not be read." rows={6}>
        {(known) => <Editor key={JSON.stringify(known.rules)} known={known} />}
      </Loaded>
    </Group>
  );
}

const ANY = 'any';
const SAME = 'same';
const NEW: OutlookRule = { outcome: ANY_REACHED, sentiment: null, temperature: 'warm', stage: null };

function Editor({ known }: { known: OutlookRules }) {
  const { meaning } = useClient();
  const wish = useWish();
  const queries = useQueryClient();
  const toasts = useToasts();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [rules, setRules] = useState<readonly OutlookRule[]>(known.rules);
  const isDirty = JSON.stringify(rules) !== JSON.stringify(known.rules);
  const save = async (next: readonly OutlookRule[] | null) => {
    const saved = await wish(meaning.setRules({ rules: next === null ? null : [...next] }));
    if (saved === null) return;
    queries.setQueryData(['meaning', 'rules'], saved);
    toasts.show({ text: 'The rules are kept. They hold for outcomes filed from now on.' });
  };
  const change = (nth: number, changed: Partial<OutlookRule>) =>
    setRules(rules.map((rule, at) => (at === nth ? { ...rule, ...changed } : rule)));
  const raise = (nth: number) => {
    const next = [...rules];
    next.splice(nth - 1, 2, rules[nth]!, rules[nth - 1]!);
    setRules(next);
  };
  return (
    <>
      <ol aria-label="Rules, the first that fits decides" className="flex flex-col divide-y">
        {rules.map((rule, nth) => (
          <li key={nth} className="py-2">
            <Row
              nth={nth}
              rule={rule}
              outcomes={known.outcomes}
              onChange={(changed) => change(nth, changed)}
              onRaise={() => raise(nth)}
              onRemove={() => setRules(rules.filter((_, at) => at !== nth))}
            />
            {isShadowed(rules, nth) && (
              <p data-tone="warn" className="text-sm text-tone">
                This rule never decides: one above it fits every call that it fits.
              </p>
            )}
          </li>
        ))}
      </ol>
      {rules.length === 0 && <p className="text-muted">No rule: outcomes move nobody.</p>}
      <div className="flex flex-wrap gap-2">
        <Button icon={<Plus />} disabledReason={notAllowed} onClick={() => setRules([...rules, NEW])}>
          Add a rule
        </Button>
        <Button
          variant="primary"
          disabledReason={notAllowed ?? (isDirty ? null : 'Nothing was changed.')}
          onClick={() => void save(rules)}
        >
          Save the rules
        </Button>
        <Button
          variant="ghost"
          disabledReason={notAllowed ?? (known.isUsual ? 'These are the usual ones.' : null)}
          onClick={() => void save(null)}
        >
          Bring the usual ones back
        </Button>
      </div>
    </>
  );
}

interface RowProps {
  nth: number;
  rule: OutlookRule;
  outcomes: OutlookRules['outcomes'];
  onChange: (changed: Partial<OutlookRule>) => void;
  onRaise: () => void;
  onRemove: () => void;
}

function Row({ nth, rule, outcomes, onChange, onRaise, onRemove }: RowProps) {
  const name = `rule ${nth + 1}`;
  return (
    <div className="grid grid-cols-2 items-end gap-2 two:grid-cols-[1.4fr_1.2fr_1fr_1fr_auto]">
      <Select
        label={nth === 0 ? 'When the outcome is' : `When the outcome is, ${name}`}
        hideLabel={nth > 0}
        value={rule.outcome}
        options={outcomes.map(({ id, label }) => ({ value: id, label }))}
        onChange={(outcome) => onChange({ outcome })}
      />
      <Select
        label={nth === 0 ? 'and they sounded' : `and they sounded, ${name}`}
        hideLabel={nth > 0}
        value={rule.sentiment ?? ANY}
        options={[
          { value: ANY, label: 'however' },
          ...SENTIMENTS.map((value) => ({ value, label: SENTIMENT_WORDS[value].toLowerCase() })),
        ]}
        onChange={(next) => onChange({ sentiment: SENTIMENTS.find((each) => each === next) ?? null })}
      />
      <Select
        label={nth === 0 ? 'then they are' : `then they are, ${name}`}
        hideLabel={nth > 0}
        value={rule.temperature ?? SAME}
        options={[
          { value: SAME, label: 'as before' },
          ...TEMPERATURES.map((value) => ({ value, label: TEMPERATURE_WORD[value] })),
        ]}
        onChange={(next) => onChange({ temperature: TEMPERATURES.find((each) => each === next) ?? null })}
      />
      <Select
        label={nth === 0 ? 'and their stage is' : `and their stage is, ${name}`}
        hideLabel={nth > 0}
        value={rule.stage ?? SAME}
        options={[
          { value: SAME, label: 'as before' },
          ...STAGES.map((value) => ({ value, label: STAGE_WORD[value] })),
        ]}
        onChange={(next) => onChange({ stage: STAGES.find((each) => each === next) ?? null })}
      />
      <span className="flex">
        <IconButton
          label={`Move ${name} up`}
          icon={<ArrowUp />}
          disabledReason={nth === 0 ? 'It is the first.' : null}
          onClick={onRaise}
        />
        <IconButton label={`Remove ${name}`} icon={<Trash2 />} onClick={onRemove} />
      </span>
    </div>
  );
}
