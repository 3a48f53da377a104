import { useState } from 'react';
import { useClient } from '../../data/client.tsx';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { useWishes } from './use-wishes.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** While it is open digits are tones, and nothing else. */
export function Keypad({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const wishes = useWishes();
  const [sent, setSent] = useState('');
  const press = (key: string) => {
    setSent((before) => (before + key).slice(-24));
    wishes.tones(key);
    void client.phone.key({ digits: key });
  };
  useKeys('call-state', [
    ...KEYS.map((key) => ({
      id: `dial.tone-${key}`,
      keys: key,
      title: `Send ${key}`,
      run: () => press(key),
      hidden: true,
    })),
    { id: 'dial.keypad-close', keys: 'esc', title: 'Close the keypad', run: onClose },
  ]);
  return (
    <div className="flex flex-col gap-2">
      <output
        aria-label="Sent"
        className="h-row truncate rounded-sm bg-sunken px-2 text-right text-lg leading-(--row)"
      >
        {sent === '' ? <span className="text-sm text-muted">Digits are sent as tones</span> : sent}
      </output>
      <div className="grid grid-cols-3 gap-1.5">
        {KEYS.map((key) => (
          <Button key={key} size="lg" onClick={() => press(key)}>
            {key}
          </Button>
        ))}
      </div>
    </div>
  );
}
