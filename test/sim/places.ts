/** Area codes, each with all the zones its numbers may lie in, and its state. */
export const PLACES: readonly {
  readonly areaCode: string;
  readonly state: string;
  readonly zones: readonly string[];
}[] = [
  { areaCode: '212', state: 'US-NY', zones: ['America/New_York'] },
  { areaCode: '305', state: 'US-FL', zones: ['America/New_York'] },
  { areaCode: '312', state: 'US-IL', zones: ['America/Chicago'] },
  { areaCode: '303', state: 'US-CO', zones: ['America/Denver'] },
  { areaCode: '602', state: 'US-AZ', zones: ['America/Phoenix'] },
  { areaCode: '503', state: 'US-OR', zones: ['America/Los_Angeles'] },
  { areaCode: '808', state: 'US-HI', zones: ['Pacific/Honolulu'] },
  { areaCode: '850', state: 'US-FL', zones: ['America/Chicago', 'America/New_York'] },
];

export function placeOf(e164: string) {
  return PLACES.find(({ areaCode }) => e164.startsWith(`+1${areaCode}`)) ?? null;
}
