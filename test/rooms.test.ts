import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Who may know whom, as the house is drawn in docs/ARCHITECTURE.md. Read from the files as they are, so a new
 * room is under the rules from its first file on. A failing test names the file and the rule it breaks.
 */

interface Source {
  readonly path: string;
  readonly text: string;
  /** The code alone: strings and comments speak of things that the code does not do. */
  readonly code: string;
  /** What it imports: paths from the root of the project for files of ours, names for everything else. */
  readonly imports: readonly string[];
}

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = ['shared', 'electron', 'renderer', 'test', 'bench'];

const sources = FOLDERS.flatMap(filesIn).map(read);
const products = sources.filter(
  ({ path }) => !isTest(path) && !path.startsWith('test/') && !path.startsWith('bench/'),
);

function filesIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return names
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|tsx|mts)$/.test(path) && !path.endsWith('.d.ts'));
}

function read(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return { path, text, code: codeIn(text), imports: importsIn(text).map((name) => resolved(path, name)) };
}

/** Static, dynamic, of types and for their effect: an import is an import. */
function importsIn(text: string): string[] {
  // A template may hold the text of another program; its imports are not ours.
  const code = withoutComments(text).replace(/`(?:\\.|[^`\\])*`/g, '``');
  const found = code.matchAll(
    /(?:^|[;}\s])(?:(?:import|export)\b[^'"`;]*?\bfrom\s*|import\s*\(?\s*)(['"])([^'"\n]+)\1/g,
  );
  return [...found].map((match) => match[2]!);
}

/** Without imports of types alone, of which nothing is left when the program runs. */
function valuesImportedBy({ path, text }: Source): string[] {
  // `import { type X }` is none of them: the file is still run for its effect.
  const isOfTypes = /^(?:import|export)\s+type\b/;
  const statements = withoutComments(text).match(/^(?:import|export)\b[^;]*?from\s*['"][^'"]+['"]/gm) ?? [];
  return statements
    .filter((statement) => !isOfTypes.test(statement))
    .map((statement) => resolved(path, /['"]([^'"]+)['"]$/.exec(statement)![1]!));
}

function resolved(path: string, name: string): string {
  return name.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), name)) : name;
}

function withoutComments(text: string): string {
  // Strings are matched first, so that a `//` in an address begins no comment.
  return text.replace(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_all, quoted?: string) => quoted ?? ' ',
  );
}

function codeIn(text: string): string {
  return withoutComments(text).replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''");
}

function isTest(path: string): boolean {
  return /\.(test|bench|spec)\.tsx?$/.test(path);
}

function isIn(path: string, rooms: readonly string[]): boolean {
  return rooms.some((room) => path === room || path.startsWith(`${room}/`));
}

function isOurs(name: string): boolean {
  return isIn(name, FOLDERS);
}

const BELOW_HANDLERS = [
  'electron/dialer',
  'electron/store',
  'electron/carriers',
  'electron/relay',
  'electron/lists',
  'electron/history',
  'electron/recordings',
  'electron/messages',
  'electron/reports',
];

/** For each room what it may import of ours, besides itself. The first room that a file is in counts. */
const ROOMS: readonly { readonly room: string; readonly may: readonly string[] }[] = [
  // Tables written by a script: data, with no more to know than a number has.
  { room: 'shared/generated', may: [] },
  { room: 'shared/lib', may: ['shared/generated'] },
  { room: 'shared/domain', may: ['shared/lib', 'shared/generated'] },
  { room: 'shared/contract', may: ['shared/domain', 'shared/lib'] },
  { room: 'shared', may: [] },
  { room: 'renderer/ui', may: ['shared/lib', 'renderer/theme', 'renderer/keys'] },
  { room: 'renderer/keys', may: ['shared/lib', 'renderer/theme', 'renderer/ui'] },
  { room: 'renderer', may: ['shared'] },
  { room: 'electron/store', may: ['shared'] },
  { room: 'electron/carriers', may: ['shared'] },
  { room: 'electron/dialer/plan.ts', may: ['shared'] },
  { room: 'electron/dialer', may: ['electron/store', 'electron/carriers', 'shared'] },
  { room: 'electron/relay', may: ['electron/store', 'electron/carriers/carrier.ts', 'shared'] },
  { room: 'electron/browser-host', may: ['electron/handlers', 'shared'] },
];

/** Rooms that may know the rest of `electron/`, but for these. */
const NOT_FOR: readonly { readonly room: string; readonly not: readonly string[] }[] = [
  {
    room: 'electron/handlers',
    not: [
      'electron/desktop',
      'electron/browser-host',
      'electron/main.ts',
      'electron/preload.ts',
      'electron/serve.ts',
      'electron/cli.ts',
      'renderer',
      'test',
    ],
  },
  {
    room: 'electron/kernel.ts',
    not: [
      'electron/desktop',
      'electron/browser-host',
      'electron/main.ts',
      'electron/preload.ts',
      'electron/serve.ts',
      'renderer',
      'test',
    ],
  },
  { room: 'electron', not: ['renderer', 'test', 'bench'] },
];

/** What each file breaks, one line each: empty is what every test below wants to see. */
function broken(files: readonly Source[], rule: (source: Source) => readonly string[]): string[] {
  return files.flatMap((source) => rule(source).map((what) => `${source.path}: ${what}`));
}

test('the files are found and read, or the rest of this would prove nothing', () => {
  expect(products.length).toBeGreaterThan(50);
  const server = products.find(({ path }) => path === 'electron/browser-host/server.ts');
  expect(server?.imports).toEqual(
    expect.arrayContaining(['node:http', 'ws', 'shared/contract/wire.ts', 'electron/handlers/answer.ts']),
  );
  expect(
    importsIn(
      "import 'a';\nimport type { B } from \"b\";\nexport * from 'c';\nconst d = await import('d'); // from 'x'\n/* import 'y' */",
    ),
  ).toEqual(['a', 'b', 'c', 'd']);
  expect(
    importsIn(
      "import {\n  a,\n  type B,\n} from './e.ts';\nconst url = 'https://x.example'; const s = 'he came from';",
    ),
  ).toEqual(['./e.ts']);
});

test('every room imports only from the rooms below it', () => {
  expect(
    broken(products, ({ path, imports }) => {
      const home = ROOMS.find(({ room }) => isIn(path, [room]));
      if (home === undefined) return [];
      return imports
        .filter((name) => isOurs(name) && !isIn(name, [home.room, ...home.may]))
        .map((name) => `${home.room} may import ${['itself', ...home.may].join(', ')}; it imports ${name}`);
    }),
  ).toEqual([]);
});

test('no room reaches up to the doors that put it together', () => {
  expect(
    broken(products, ({ path, imports }) => {
      const home = NOT_FOR.find(({ room }) => isIn(path, [room]));
      if (home === undefined) return [];
      return imports
        .filter((name) => isIn(name, home.not))
        .map((name) => `${home.room} must not know ${name}`);
    }),
  ).toEqual([]);
});

test('the rooms below the handlers know nothing of them', () => {
  expect(
    broken(
      products.filter(({ path }) => isIn(path, BELOW_HANDLERS)),
      ({ imports }) =>
        imports
          .filter((name) => isIn(name, ['electron/handlers', 'electron/house.ts']))
          .map((name) => `lies below the handlers and must not know ${name}`),
    ),
  ).toEqual([]);
});

test('only the desktop knows Electron', () => {
  const mayKnow = [
    'electron/desktop',
    'electron/main.ts',
    'electron/preload.ts',
    'test/electron-stand-in',
    'test/e2e',
  ];
  expect(
    broken(
      sources.filter(({ path }) => !isIn(path, mayKnow)),
      ({ imports }) =>
        imports
          .filter(
            (name) => name === 'electron' || (name.startsWith('electron/main') && !name.endsWith('.ts')),
          )
          .map((name) => `only ${mayKnow.join(', ')} may import ${name} (law 8)`),
    ),
  ).toEqual([]);
});

test('the screens know nothing of Node, and shared knows neither side’s own things', () => {
  expect(
    broken(
      products.filter(({ path }) => isIn(path, ['renderer', 'shared'])),
      ({ imports }) =>
        imports
          .filter(
            (name) =>
              name.startsWith('node:') ||
              ['ws', 'better-sqlite3'].includes(name) ||
              name.startsWith('drizzle-orm'),
          )
          .map((name) => `runs in a window, and must not import ${name}`),
    ),
  ).toEqual([]);
  expect(
    broken(
      products.filter(({ path }) => isIn(path, ['shared'])),
      ({ imports }) =>
        imports
          .filter((name) => /^(react|@tanstack|@base-ui|zustand)/.test(name))
          .map((name) => `sees neither side, and must not import ${name}`),
    ),
  ).toEqual([]);
});

test('no page carries the shapes of the contract: what comes to it was parsed at the door', () => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const walk = (name: string) => {
    if (reached.has(name)) return;
    reached.add(name);
    const source = byPath.get(name);
    if (source !== undefined) for (const next of valuesImportedBy(source)) walk(next);
  };
  for (const page of ['renderer/main.tsx', 'renderer/phone/page.ts', 'renderer/phone/assistant-page.ts'])
    walk(page);
  expect(reached).toContain('renderer/data/open-client.ts');
  expect([...reached].filter((name) => name === 'zod')).toEqual([]);
});

test('SQL is written in the store, and in the simulator’s own ledger, and nowhere else', () => {
  // The claim holds a folder by SQLite's lock on an empty file, and keeps nothing in it.
  const mayWrite = ['electron/store', 'electron/carriers/simulator', 'electron/claim.ts'];
  const signs: readonly [RegExp, string][] = [
    [/\.prepare\s*\(/, 'prepares a statement'],
    [/(?<![\w.$])sql\s*`/, 'writes SQL'],
    [
      /\b(SELECT\s[\s\S]{1,200}?\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|TRIGGER))\s/,
      'writes SQL',
    ],
  ];
  expect(
    broken(
      products.filter(({ path }) => !isIn(path, mayWrite)),
      ({ text, code, imports }) => [
        ...imports
          .filter((name) => name === 'better-sqlite3' || /^drizzle-orm(\/|$)/.test(name))
          .map((name) => `imports ${name}; SQL lives in ${mayWrite.join(' and ')}`),
        ...signs
          .filter(([sign], nth) => sign.test(nth === 2 ? withoutComments(text) : code))
          .map(([, what]) => `${what}; SQL lives in ${mayWrite.join(' and ')}`),
      ],
    ),
  ).toEqual([]);
});

/** Where time and chance come from, and where the real ones are handed in (law 7). */
const TIME_AND_CHANCE = [
  'shared/lib/clock.ts',
  'shared/lib/random.ts',
  'electron/main.ts',
  'electron/serve.ts',
  'electron/cli.ts',
  'electron/preload.ts',
  'renderer/main.tsx',
];

test('nobody asks the machine for the time or for chance: they are handed in', () => {
  const signs: readonly [RegExp, string][] = [
    [/\bDate\.now\b/, 'Date.now'],
    [/\bnew Date\(\s*\)/, 'new Date()'],
    [/\bMath\.random\b/, 'Math.random'],
    [/\bDateTime\.(now|local|utc)\(\s*\)/, 'Luxon’s own clock'],
  ];
  expect(
    broken(
      products.filter(({ path }) => !isIn(path, TIME_AND_CHANCE)),
      ({ code }) =>
        signs
          .filter(([sign]) => sign.test(code))
          .map(([, what]) => `uses ${what}; time and chance are parameters (law 7)`),
    ),
  ).toEqual([]);
});

test('the domain and the plan are pure: no promise, no timer, no clock, no store', () => {
  const pure = products.filter(({ path }) => isIn(path, ['shared/domain', 'electron/dialer/plan.ts']));
  expect(pure.length).toBeGreaterThan(10);
  const signs: readonly [RegExp, string][] = [
    [/\basync\b|\bawait\b|\bPromise\b/, 'waits for something'],
    [/\bset(Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/, 'sets a timer'],
    [/\bfetch\s*\(|\bprocess\.|\bcrypto\.|\bperformance\.|\bconsole\./, 'reaches out of its parameters'],
    [/\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b/, 'asks the machine for time or chance'],
  ];
  expect(
    broken(pure, ({ code, imports }) => [
      ...signs.filter(([sign]) => sign.test(code)).map(([, what]) => `must be pure, and ${what}`),
      ...imports
        .filter(
          (name) =>
            name.startsWith('node:') ||
            isIn(name, ['electron/store', 'electron/carriers', 'shared/lib/clock.ts']),
        )
        .map((name) => `must be pure, and imports ${name}`),
    ]),
  ).toEqual([]);
});

test('there are no barrels: a name is imported from the file that has it', () => {
  expect(
    broken(sources, ({ code, imports }) => {
      const rest = code
        .replace(/\bexport\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s*from\s*'';?/g, '')
        .replace(/\bimport\b[^;]*?'';?/g, '')
        .trim();
      const passesOn = /\bexport\s+(type\s+)?(\*|\{[^}]*\})[^;]*?\bfrom\b/.test(code);
      return passesOn && rest === '' && imports.some(isOurs) ? ['only passes on what other files have'] : [];
    }),
  ).toEqual([]);
});

test('every import of ours says its file’s whole name, and the file is there', () => {
  const known = new Set(sources.map(({ path }) => path));
  expect(
    broken(sources, ({ path, imports }) =>
      imports
        .filter((name) => isOurs(name) && /^(shared|electron|renderer)\//.test(name))
        .filter(
          (name) =>
            !known.has(name) &&
            !/\.(css|svg|png|wav|json|mjs|cjs|html)(\?\w+)?$/.test(name) &&
            dirname(path) !== name,
        )
        .map((name) => `imports ${name}, and there is no such file`),
    ),
  ).toEqual([]);
});

test('code that is not tested as such imports no test’s tools', () => {
  expect(
    broken(products, ({ imports }) =>
      imports
        .filter((name) => ['vitest', 'fast-check', '@playwright/test'].includes(name) || isTest(name))
        .map((name) => `is part of the product, and imports ${name}`),
    ),
  ).toEqual([]);
});
