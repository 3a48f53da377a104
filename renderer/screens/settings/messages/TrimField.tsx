import { Play, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { MESSAGE_RATE, messageWav } from '../../../../shared/domain/message.ts';
import { Button } from '../../../ui/Button.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import type { TrimWave } from './trim-wave.ts';

/** A stretch of a sound, in seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface TrimFieldProps {
  /** All of it, as loud as it would be kept. */
  samples: Int16Array;
  stretch: Stretch;
  onChange: (stretch: Stretch) => void;
}

/** The sound with the stretch that stays: dragged on the wave, or typed, and heard before it is kept. */
export function TrimField({ samples, stretch, onChange }: TrimFieldProps) {
  const place = useRef<HTMLDivElement>(null);
  const wave = useRef<TrimWave | null>(null);
  const latest = useRef(onChange);
  const [isPlaying, setPlaying] = useState(false);
  const seconds = samples.length / MESSAGE_RATE;
  const wav = useMemo(() => new Blob([messageWav(samples)], { type: 'audio/wav' }), [samples]);
  useEffect(() => {
    latest.current = onChange;
  });
  const { from, to } = stretch;
  const first = useRef(stretch);
  useEffect(() => {
    first.current = { from, to };
    wave.current?.setStretch(from, to);
  }, [from, to]);
  useEffect(() => {
    let isGone = false;
    const trimmed = (start: number, end: number) => latest.current({ from: tenth(start), to: tenth(end) });
    // Few people make messages: what draws them comes when it is needed.
    void import('./trim-wave.ts').then(({ mountTrim }) => {
      if (isGone || place.current === null) return;
      wave.current = mountTrim(place.current, { wav, samples, seconds }, { trimmed, playing: setPlaying });
      wave.current.setStretch(first.current.from, first.current.to);
    });
    return () => {
      isGone = true;
      wave.current?.close();
      wave.current = null;
    };
  }, [wav, samples, seconds]);
  return (
    <div className="flex flex-col gap-2">
      <div ref={place} aria-hidden className="min-h-20 rounded-sm border" />
      <div className="flex flex-wrap items-end gap-3">
        <Button
          icon={isPlaying ? <Square /> : <Play />}
          onClick={() => (isPlaying ? wave.current?.stop() : wave.current?.play())}
        >
          {isPlaying ? 'Stop' : 'Listen'}
        </Button>
        <NumberField
          label="Begins at"
          unit="seconds"
          min={0}
          max={to}
          step={0.1}
          value={from}
          onChange={(next) => onChange({ from: Math.min(next ?? 0, to), to })}
        />
        <NumberField
          label="Ends at"
          unit="seconds"
          min={from}
          max={seconds}
          step={0.1}
          value={to}
          onChange={(next) => onChange({ from, to: Math.min(Math.max(next ?? seconds, from), seconds) })}
        />
      </div>
    </div>
  );
}

function tenth(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
