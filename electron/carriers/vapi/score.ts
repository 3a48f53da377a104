import type { Evaluation, EvaluationPart } from '../../../shared/domain/call.ts';
import type { VapiReport } from './shapes.ts';

/**
 * How well somebody qualifies: from the structured outputs and the evaluation that Vapi’s AI made of the talk. Null
 * where it made none. A part that is itself called a score counts alone; otherwise all that can be weighed count alike.
 */
export function evaluationIn({ artifact, analysis, summary }: VapiReport): Evaluation | null {
  const parts = [
    ...partsOf(outputsIn(artifact?.structuredOutputs ?? {})),
    ...partsOf(Object.entries(analysis?.structuredData ?? {})),
  ];
  const success = analysis?.successEvaluation ?? null;
  if (success !== null && success !== '') parts.push(partOf('Success', success));
  const told = analysis?.summary ?? summary ?? '';
  if (parts.length === 0 && told === '') return null;
  return { score: scoreOf(parts), summary: told, parts };
}

function scoreOf(parts: readonly EvaluationPart[]): number | null {
  const named = parts.find(({ name, points }) => points !== null && /score|qualif/i.test(name));
  if (named !== undefined) return named.points;
  const weighed = parts.flatMap(({ points }) => points ?? []);
  if (weighed.length === 0) return null;
  return Math.round(weighed.reduce((sum, points) => sum + points, 0) / weighed.length);
}

/** By id of the output: its name and what it found. */
function outputsIn(outputs: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(outputs).map(([id, output]) => {
    if (typeof output !== 'object' || output === null || !('result' in output)) return [id, output];
    const { name } = output as { name?: unknown };
    return [typeof name === 'string' ? name : id, output.result];
  });
}

const PARTS_MAX = 40;

/** What is made of parts itself is told part by part. */
function partsOf(found: readonly (readonly [string, unknown])[]): EvaluationPart[] {
  return found
    .flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([part, said]) => partOf(`${name}: ${part}`, said))
        : [partOf(name, value)],
    )
    .slice(0, PARTS_MAX);
}

function partOf(name: string, value: unknown): EvaluationPart {
  const said = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return { name: name.slice(0, 80), said: said.slice(0, 500), points: pointsOf(value) };
}

const WORDS: Readonly<Record<string, number>> = {
  true: 100,
  pass: 100,
  passed: 100,
  yes: 100,
  excellent: 100,
  good: 75,
  fair: 50,
  poor: 25,
  false: 0,
  fail: 0,
  failed: 0,
  no: 0,
};

/** Vapi rates from 1 to 10, in per cent, by yes and no, or in words. */
function pointsOf(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 100 : 0;
  if (typeof value === 'number') return scaled(value);
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  if (Object.hasOwn(WORDS, word)) return WORDS[word]!;
  const rated = /^(\d+(?:\.\d+)?)\s*(%|\/\s*(\d+))?$/.exec(word);
  if (rated === null) return null;
  const [, amount, of, full] = rated;
  if (of === '%') return within(Number(amount));
  return full === undefined ? scaled(Number(amount)) : within((100 * Number(amount)) / Number(full));
}

function scaled(value: number): number | null {
  if (!Number.isFinite(value) || value < 0 || value > 100) return null;
  return within(value <= 10 ? value * 10 : value);
}

function within(points: number): number | null {
  return Number.isFinite(points) ? Math.round(Math.min(100, Math.max(0, points))) : null;
}
