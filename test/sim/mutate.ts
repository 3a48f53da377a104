import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutation, MUTATIONS } from './mutations.ts';

const ROOT = join(import.meta.dirname, '../..');

/** From now on the product is loaded with one law broken. The tree stays as it is: the text changes on its way in. */
export function mutate(name: string): void {
  const mutation = MUTATIONS.find((each) => each.name === name);
  if (mutation === undefined) throw new Error(`There is no mutation “${name}”.`);
  const changed = new Map(mutatedSources(mutation).map(({ file, source }) => [join(ROOT, file), source]));
  registerHooks({
    load(url, context, nextLoad) {
      const source = url.startsWith('file:') ? changed.get(fileURLToPath(url)) : undefined;
      if (source === undefined) return nextLoad(url, context);
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}

/** Each file as it is with the law broken. A text that is not there exactly once is an error, and no mutation. */
export function mutatedSources({ name, edits }: Mutation): { file: string; source: string }[] {
  const sources = new Map<string, string>();
  for (const { file, find, replace } of edits) {
    const source = sources.get(file) ?? readFileSync(join(ROOT, file), 'utf8');
    const times = source.split(find).length - 1;
    if (times !== 1)
      throw new Error(`Mutation “${name}”: ${file} has its text ${times} times, and not once.`);
    sources.set(
      file,
      source.replace(find, () => replace),
    );
  }
  return [...sources].map(([file, source]) => ({ file, source }));
}
