import type { ScriptRun } from '../../../shared/domain/script.ts';

/** A gap stays visible as a gap: nobody reads out a blank, and nobody reads out braces. */
export function ScriptRuns({ runs }: { runs: readonly ScriptRun[] }) {
  return runs.map((run, index) => {
    if (run.kind === 'words') return <span key={index}>{run.text}</span>;
    if (run.kind === 'field') {
      return (
        <span key={index} className="font-medium text-text">
          {run.text}
        </span>
      );
    }
    return (
      <span
        key={index}
        data-tone="warn"
        title="Not known for this contact"
        className="rounded-sm border-b border-dashed border-b-tone bg-tone-tint px-0.5 text-tone"
      >
        {run.text}
        <span className="sr-only"> (not known)</span>
      </span>
    );
  });
}
