/** Bundled, a worker lies beside the entries, and this code there or in the folder of shared pieces. */
export function workerFile(name: string, here: string = import.meta.url): URL {
  if (here.endsWith('.ts')) return new URL(`./${name}.ts`, here);
  return new URL(`${/\/chunks\/[^/]+$/.test(here) ? '../' : './'}${name}.js`, here);
}
