import { countries } from '../../../../shared/generated/zone-table.ts';
import type { Option } from '../../../ui/Select.tsx';

const lines = countries.split('\n');
const named = new Intl.DisplayNames(undefined, { type: 'region' });

/** Every country by its own name in the reader’s language. */
export const COUNTRIES: readonly Option[] = lines
  .map((line) => line.slice(0, 2))
  .map((value) => ({ value, label: named.of(value) ?? value }))
  .sort((a, b) => a.label.localeCompare(b.label));

export const NO_ZONE = 'none';

/** Every zone that people live in, to be found by its city or its continent; first of all, none. */
export const ZONES: readonly Option[] = [
  { value: NO_ZONE, label: 'None: such rows stay out' },
  ...[...new Set(lines.flatMap((line) => line.slice(3).split(' ')))]
    .filter((zone) => zone !== '')
    .sort()
    .map((value) => ({ value, label: value.replaceAll('_', ' ').replaceAll('/', ' / ') })),
];
