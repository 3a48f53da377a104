// Makes Node find modules sooner, in the tests and all they start; what it finds stays the same.
// By itself it reads the description of a package anew for each module of it, and drizzle's has 180 kB: half of
// the time in which a process or a thread of ours starts. So what was found once is remembered: the format of a folder's
// modules, and where a package begins. Modules of ours name their file and its ending, so there is nothing to look for.

import * as module from 'node:module';

const ROOT = new URL('../../', import.meta.url).href;
const PACKAGES = '/node_modules/';
const formats = new Map();
const packages = new Map();

// Older runtimes are only met where a test asks what they make of us.
module.registerHooks?.({ resolve });

function resolve(specifier, context, next) {
  const from = context.parentURL ?? '';
  if (!from.startsWith(ROOT) || !context.conditions?.includes('import')) return next(specifier, context);
  const isOurs = !from.includes(PACKAGES);
  if (specifier.startsWith('.')) {
    const url = new URL(specifier, from).href;
    if (isOurs) return url.endsWith('.ts') ? found(url, 'module-typescript') : next(specifier, context);
    return url.endsWith('.js') ? besideOthers(url, () => next(specifier, context)) : next(specifier, context);
  }
  if (!isOurs || specifier.includes(':') || Object.keys(context.importAttributes ?? {}).length > 0)
    return next(specifier, context);
  return once(packages, specifier, () => next(specifier, context));
}

function found(url, format) {
  return { url, format, shortCircuit: true };
}

/** One package and one kind to a folder: whoever asks for the second module of it knows the format of the first. */
function besideOthers(url, look) {
  const folder = url.slice(0, url.lastIndexOf('/'));
  if (formats.get(folder) === 'module') return found(url, 'module');
  const result = look();
  formats.set(folder, result.format);
  return result;
}

function once(known, key, look) {
  const result = known.get(key) ?? look();
  known.set(key, result);
  return { ...result, shortCircuit: true };
}
