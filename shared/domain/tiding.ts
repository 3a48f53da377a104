/** What is told outside the window, one switch each. */
export const TIDING_KINDS = [
  'campaign-finished',
  'campaign-paused',
  'callback-due',
  'carrier-trouble',
  'storage-trouble',
] as const;

export type TidingKind = (typeof TIDING_KINDS)[number];

/** Something people should hear of who do not look at the screen. Never carries a number. */
export interface Tiding {
  readonly kind: TidingKind;
  readonly title: string;
  readonly body: string;
  /** Where a press leads. */
  readonly path: string;
}

/** What this computer tells, and whether by name. */
export interface NoticeSettings {
  readonly notices: Readonly<Record<TidingKind, boolean>>;
  readonly names: 'masked' | 'full';
}

export const USUAL_NOTICES: NoticeSettings = {
  notices: {
    'campaign-finished': true,
    'campaign-paused': true,
    'callback-due': true,
    'carrier-trouble': true,
    'storage-trouble': true,
  },
  names: 'masked',
};

/** `M. L.`: enough for whoever waits for the call, nothing for whoever looks over a shoulder. */
export function maskName(name: string): string {
  const initials = name
    .split(/\s+/)
    .map((word) => /\p{L}/u.exec(word)?.[0]?.toUpperCase() ?? '')
    .filter((letter) => letter !== '');
  return initials.length === 0 ? 'somebody' : initials.map((letter) => `${letter}.`).join(' ');
}
