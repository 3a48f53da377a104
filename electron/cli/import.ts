import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  CUSTOM_TYPES,
  type ColumnMapping,
  FIELDS,
  HERE_POLICIES,
  type Mapping,
  USUAL_POLICY,
} from '../../shared/domain/list-import.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { type Imports, type ImportWish, openImports } from '../lists/import.ts';
import type { Preview } from '../lists/source.ts';
import { practiceClock } from '../practice-clock.ts';
import type { StagedGroup } from '../store/import-staging.ts';
import type { Import } from '../store/imports.ts';
import { type Db, closeStore, openStore } from '../store/open.ts';
import type { Workspace } from '../workspaces.ts';
import {
  type Asked,
  type Command,
  DATA_OPTION,
  JSON_OPTION,
  type Surroundings,
  type Told,
  WORKSPACE_OPTION,
} from './command.ts';
import { campaignMeant } from './explain.ts';
import { workspaceMeant } from './open-workspace.ts';

/** A list from a file, by the same steps as on screen: read, mapped, checked row by row, and put in. */
export const importList: Command = {
  name: 'import',
  usage: 'FILE --list NAME [--map HEADER=FIELD …] [--campaign C …] [--dry-run] [--workspace W] [--data DIR]',
  about: 'reads a list from a CSV or Excel file, says what becomes of every row, and puts in what can go in',
  options: [
    { name: 'list', value: 'NAME', about: 'the list that it becomes; left out, the name of the file' },
    {
      name: 'map',
      value: 'HEADER=FIELD',
      many: true,
      about: `what a column is, where the guess is wrong: ${FIELDS.join(', ')}; custom:date and phone:mobile say more`,
    },
    {
      name: 'campaign',
      value: 'C',
      many: true,
      about: 'a campaign to put everybody into, by its number or its name',
    },
    {
      name: 'here',
      value: 'POLICY',
      about: 'whoever is in the workspace already: skip (left out, this), update or keep-both',
    },
    { name: 'country', value: 'CC', about: 'what a number without a country code means, such as US' },
    { name: 'sheet', value: 'NAME', about: 'the sheet of a workbook; left out, the first' },
    { name: 'dry-run', value: null, about: 'only says what would become of every row' },
    WORKSPACE_OPTION,
    DATA_OPTION,
    JSON_OPTION,
  ],
  async run(asked, surroundings) {
    const [file, ...others] = asked.words;
    if (file === undefined) return refused('Say which file: `parley import march.csv --list March`.');
    if (others.length > 0) return refused('One file at a time: its name may need quotes.');
    const path = resolve(file);
    if (!existsSync(path)) return refused(`There is no file ${path}.`);
    const workspace = workspaceMeant(asked, surroundings);
    if (!workspace.ok) return workspace;
    const clock = clockOf(workspace.value, surroundings);
    const opened = openStore(workspace.value.file, { now: () => clock.now() });
    if (!opened.ok) return refused(opened.error.sentence);
    const db = opened.value;
    const { home, file: workspaceFile } = workspace.value;
    const imports = openImports({ db, file: workspaceFile, clock, country: home.country });
    try {
      const wish = wishFrom(db, imports, path, asked);
      if (!wish.ok) return wish;
      return await imported(imports, wish.value, asked.value('dry-run') !== null);
    } finally {
      await imports.close();
      closeStore(db);
    }
  },
};

/** Practice has office hours of its own; everybody else goes by the machine. */
function clockOf({ kind, folder }: Workspace, { clock }: Surroundings) {
  return kind === 'practice' ? practiceClock(clock, join(folder, 'clock.json')) : clock;
}

async function imported(
  imports: Imports,
  wish: ImportWish,
  isDryRun: boolean,
): Promise<Result<Told, string>> {
  const checked = await imports.check(wish);
  if (!checked.ok) return checked;
  const { id } = checked.value;
  const groups = imports.groups(id);
  const going = groups.reduce((sum, each) => sum + each.going, 0);
  if (isDryRun || going === 0) imports.drop(id);
  if (isDryRun) return ok(told(wish, checked.value, groups, 'dry-run'));
  if (going === 0)
    return refused(`No row of ${basename(wish.file)} can go in: ${groups.map(inWords).join(', ')}.`);
  const committed = await imports.commit(id);
  return committed.ok ? ok(told(wish, committed.value, groups, 'imported')) : committed;
}

function wishFrom(db: Db, imports: Imports, path: string, asked: Asked): Result<ImportWish, string> {
  const sheet = asked.value('sheet') ?? undefined;
  const seen = imports.preview(path, { sheet });
  if (!seen.ok) return seen;
  if (sheet !== undefined && seen.value.sheet !== sheet)
    return refused(`There is no sheet “${sheet}”. There are: ${seen.value.sheets.join(', ') || 'none'}.`);
  const mapping = mappingFrom(seen.value, asked);
  if (!mapping.ok) return mapping;
  if (!mapping.value.columns.some(({ field }) => field === 'phone'))
    return refused('No column is a phone number. Say which one is: --map "HEADER=phone".');
  const here = HERE_POLICIES.find((each) => each === (asked.value('here') ?? 'skip'));
  if (here === undefined) return refused(`--here takes one of ${HERE_POLICIES.join(', ')}.`);
  const campaigns = asked.values('campaign').map((wanted) => campaignMeant(db, wanted));
  const missing = campaigns.find((each) => !each.ok);
  if (missing !== undefined && !missing.ok) return missing;
  const { encoding, dialect, signature } = seen.value;
  return ok({
    file: path,
    listId: null,
    listName: (asked.value('list') ?? basename(path).replace(/\.[^.]*$/, '')).slice(0, 120),
    campaignIds: campaigns.flatMap((each) => (each.ok ? [each.value.id] : [])),
    reading: { encoding, dialect, sheet: seen.value.sheet },
    mapping: mapping.value,
    policy: { ...USUAL_POLICY, here },
    signature,
  });
}

function mappingFrom({ mapping, columns: names }: Preview, asked: Asked): Result<Mapping, string> {
  const country = (asked.value('country') ?? mapping.country).toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) return refused('--country takes two letters, such as US.');
  const columns = [...mapping.columns];
  for (const wish of asked.values('map')) {
    const cut = wish.lastIndexOf('=');
    const header = wish.slice(0, cut).trim().toLowerCase();
    const at = names.findIndex((name) => name.toLowerCase() === header);
    if (cut < 1 || at === -1)
      return refused(`--map “${wish.slice(0, 60)}” names no column. There are: ${names.join(', ')}.`);
    const changed = columnFrom(wish.slice(cut + 1), columns[at]!);
    if (changed === null)
      return refused(`“${wish.slice(cut + 1).slice(0, 40)}” is no field. There are: ${FIELDS.join(', ')}.`);
    columns[at] = changed;
  }
  return ok({ ...mapping, country, columns });
}

/** `phone:mobile`, `custom:date`, `company`. */
function columnFrom(text: string, column: ColumnMapping): ColumnMapping | null {
  const [name = '', more = ''] = text.trim().toLowerCase().split(':');
  const field = FIELDS.find((each) => each === name);
  if (field === undefined) return null;
  const kind = (['mobile', 'office', 'home', 'other'] as const).find((each) => each === more);
  const type = CUSTOM_TYPES.find((each) => each === more);
  if (more !== '' && (field === 'phone' ? kind : field === 'custom' ? type : undefined) === undefined)
    return null;
  return { ...column, field, kind: kind ?? column.kind, type: type ?? column.type, confidence: 1 };
}

function told(
  wish: ImportWish,
  found: Import,
  groups: readonly StagedGroup[],
  what: 'imported' | 'dry-run',
): Told {
  const { id, added, updated } = found;
  const rows = groups.reduce((sum, each) => sum + each.n, 0);
  const going = groups.reduce((sum, each) => sum + each.going, 0);
  const file = basename(wish.file);
  const head =
    what === 'dry-run'
      ? `${going} of ${rows} rows of ${file} would go into ${wish.listName}. Nothing was imported.`
      : `${added} contacts in and ${updated} brought up to date, of ${rows} rows of ${file}, on the list ${wish.listName}.`;
  return {
    json: {
      file,
      list: wish.listName,
      importId: what === 'dry-run' ? null : id,
      rows,
      going,
      added,
      updated,
      groups,
    },
    lines: [
      head,
      ...groups.map(
        (group) =>
          `${String(group.n).padStart(9)}  ${group.verdict}${group.reason === '' ? '' : `: ${group.reason}`}`,
      ),
    ],
  };
}

function inWords({ verdict, reason, n }: StagedGroup): string {
  return `${n} ${verdict}${reason === '' || reason === verdict ? '' : ` (${reason})`}`;
}
