import { useState } from 'react';

const SIZES = [0.9, 1, 1.15, 1.3, 1.5, 1.75];
const USUAL = 2;
const KEPT = 'parley.script-text-size';

/** How large the script is read, kept for this screen from day to day. */
export function useTextSize(): { size: number; grow: () => void; shrink: () => void } {
  const [step, setStep] = useState(readStep);
  const to = (next: number) => {
    const kept = Math.min(SIZES.length - 1, Math.max(0, next));
    localStorage.setItem(KEPT, String(kept));
    setStep(kept);
  };
  return { size: SIZES[step] ?? 1, grow: () => to(step + 1), shrink: () => to(step - 1) };
}

function readStep(): number {
  const kept = localStorage.getItem(KEPT);
  const step = kept === null ? USUAL : Number(kept);
  return SIZES[step] === undefined ? USUAL : step;
}
