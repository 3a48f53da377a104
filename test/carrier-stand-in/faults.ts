import type { Random } from '../../shared/lib/random.ts';
import type { CarrierName } from './truth.ts';

/** What may go wrong with a request. `after` means that it was carried out, though nobody was told. */
export const REQUEST_TROUBLES = [
  'time-out-before',
  'time-out-after',
  'reset-before',
  'reset-after',
  'server-error-before',
  'server-error-after',
  'unavailable',
  'too-many',
  'truncated',
  'not-json',
  'extra-fields',
  'missing-fields',
] as const;
export type RequestTrouble = (typeof REQUEST_TROUBLES)[number];

/** What may go wrong with an event on its way to us. */
export const HOOK_TROUBLES = [
  'drop',
  'double',
  'reorder',
  'delay',
  'wrong-signature',
  'truncated-body',
] as const;
export type HookTrouble = (typeof HOOK_TROUBLES)[number];

interface Rule {
  readonly carrier?: CarrierName | undefined;
  /** From 0 to 1; always where it is left out. */
  readonly chance?: number | undefined;
  /** How often it comes up at most. */
  readonly times?: number | undefined;
  /** Only where this number is called. */
  readonly to?: string | undefined;
}

export interface RequestFault extends Rule {
  readonly on: 'request';
  readonly trouble: RequestTrouble;
  readonly method?: string | undefined;
  /** Only where the path has this in it. */
  readonly path?: string | undefined;
  /** For `too-many`: what `Retry-After` says, in seconds; no such header where it is left out. */
  readonly retryAfterSeconds?: number | undefined;
  /** For `missing-fields`: which ones. */
  readonly fields?: readonly string[] | undefined;
}

export interface HookFault extends Rule {
  readonly on: 'hook';
  readonly trouble: HookTrouble;
  /** Only events of this kind: `completed`, `end-of-call-report`, `call.hangup` … */
  readonly kind?: string | undefined;
  /** For `delay`. */
  readonly delayMs?: number | undefined;
}

export type Fault = RequestFault | HookFault;

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  readonly all: readonly Fault[];
  forRequest(asked: {
    carrier: CarrierName;
    method: string;
    path: string;
    to: string | null;
  }): RequestFault | null;
  /** All that befall one event: it may be doubled and late. */
  forHook(hook: { carrier: CarrierName; kind: string; to: string | null }): readonly HookFault[];
  /** While it is down, no event reaches us, and the carrier sees that. */
  isTunnelDown: boolean;
  /** How far the carriers' clocks are ahead of the world's. */
  skewMs: number;
}

export function openFaults(random: Random): Faults {
  let rules: { fault: Fault; left: number }[] = [];
  const strikes = (rule: { fault: Fault; left: number }) => {
    if (rule.left <= 0 || random.next() >= (rule.fault.chance ?? 1)) return false;
    rule.left -= 1;
    return true;
  };
  return {
    add: (fault) => void rules.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clear: () => {
      rules = [];
    },
    get all() {
      return rules.map(({ fault }) => fault);
    },
    forRequest({ carrier, method, path, to }) {
      const struck = rules.find(
        (rule) =>
          rule.fault.on === 'request' &&
          fits(rule.fault, carrier, to) &&
          (rule.fault.method ?? method) === method &&
          path.includes(rule.fault.path ?? '') &&
          strikes(rule),
      );
      return struck?.fault.on === 'request' ? struck.fault : null;
    },
    forHook: ({ carrier, kind, to }) =>
      rules.flatMap((rule) => {
        const { fault } = rule;
        if (fault.on !== 'hook' || !fits(fault, carrier, to) || (fault.kind ?? kind) !== kind) return [];
        return strikes(rule) ? [fault] : [];
      }),
    isTunnelDown: false,
    skewMs: 0,
  };
}

function fits(rule: Rule, carrier: CarrierName, to: string | null): boolean {
  return (rule.carrier ?? carrier) === carrier && (rule.to === undefined || rule.to === to);
}
