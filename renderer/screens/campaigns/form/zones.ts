import { zonesInUse } from '../../../../shared/lib/zones/table.ts';
import type { Option } from '../../../ui/Select.tsx';

let all: readonly Option[] | null = null;

/** Every zone that people live in, to be found by its city or its continent. */
export function zoneOptions(current: string): readonly Option[] {
  all ??= [
    ...new Set(
      zonesInUse()
        .table.countries.split('\n')
        .flatMap((line) => line.slice(3).split(' ')),
    ),
  ]
    .filter((zone) => zone !== '')
    .sort()
    .map(optionOf);
  return all.some(({ value }) => value === current) ? all : [optionOf(current), ...all];
}

function optionOf(zone: string): Option {
  return { value: zone, label: zone.replaceAll('_', ' ').replaceAll('/', ' / ') };
}
