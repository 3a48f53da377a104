// What vitest calls before the first test, so that the generated tables are there however it is started.

import { generate } from './generate.mjs';

export function setup() {
  generate();
}
