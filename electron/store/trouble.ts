import { never } from '../../shared/lib/assert.ts';

/** Why a workspace's file cannot be used. Each comes with what happened, what is safe and what to do next. */
export type StoreTrouble =
  | { readonly kind: 'damaged'; readonly sentence: string }
  | { readonly kind: 'not-ours'; readonly sentence: string }
  | { readonly kind: 'newer'; readonly found: number; readonly known: number; readonly sentence: string }
  | { readonly kind: 'changed-migration'; readonly step: string; readonly sentence: string }
  | { readonly kind: 'read-only'; readonly sentence: string }
  | { readonly kind: 'disk-full'; readonly sentence: string }
  | { readonly kind: 'locked'; readonly sentence: string }
  | { readonly kind: 'no-backup'; readonly sentence: string }
  | { readonly kind: 'out-of-reach'; readonly sentence: string };

/** What is known of a trouble before it has its sentence. */
export type TroubleFacts =
  | { readonly kind: Exclude<StoreTrouble['kind'], 'newer' | 'changed-migration'> }
  | { readonly kind: 'newer'; readonly found: number; readonly known: number }
  | { readonly kind: 'changed-migration'; readonly step: string };

export function troubleWith(file: string, facts: TroubleFacts): StoreTrouble {
  return { ...facts, sentence: sentenceFor(file, facts) } as StoreTrouble;
}

/**
 * The trouble behind something thrown by SQLite or the file system, at opening or in the middle of a shift.
 * Null when it is none of these: then it is a mistake of ours, and should be thrown on.
 */
export function storeTrouble(file: string, thrown: unknown): StoreTrouble | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  const kind = typeof code === 'string' ? kindOf(code) : null;
  return kind === null ? null : troubleWith(file, { kind });
}

type PlainKind = Exclude<StoreTrouble['kind'], 'newer' | 'changed-migration'>;

/** SQLite's codes carry a second half that tells more than is needed here: `SQLITE_IOERR_FSYNC`. */
const KINDS: readonly (readonly [prefix: string, kind: PlainKind])[] = [
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_PERM', 'read-only'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_CANTOPEN', 'out-of-reach'],
  ['SQLITE_IOERR', 'out-of-reach'],
  ['SQLITE_AUTH', 'read-only'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['EROFS', 'read-only'],
  ['EBUSY', 'locked'],
  ['ENOENT', 'out-of-reach'],
  ['ENOTDIR', 'out-of-reach'],
  ['EISDIR', 'out-of-reach'],
  ['EIO', 'out-of-reach'],
];

function kindOf(code: string): PlainKind | null {
  return KINDS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
}

function sentenceFor(file: string, facts: TroubleFacts): string {
  switch (facts.kind) {
    case 'damaged':
      return `The workspace file ${file} is damaged. Parley has not touched it, and the copies in the backups folder beside it are safe. Restore the latest backup, or ask for help before anything is written.`;
    case 'not-ours':
      return `${file} is a database, but not one of Parley’s. It was left as it was. Choose another file.`;
    case 'newer':
      return `This workspace was last opened by a newer Parley (its data is at version ${facts.found}, this one knows ${facts.known}). Nothing was changed. Update Parley, then open it again.`;
    case 'changed-migration':
      return `This workspace was built by another edition of Parley: step ${facts.step} is not the one known here. Nothing was changed. Open it with the Parley that made it.`;
    case 'read-only':
      return `Parley may not write to ${file} or its folder. Nothing was changed, and no calls can be made without keeping a record of them. Allow writing there, then try again.`;
    case 'disk-full':
      return 'The disk is full. What was saved so far is safe, but nothing more can be kept, so no calls are made. Free some space, then try again.';
    case 'locked':
      return `Another program holds ${file} and would not let go of it. Nothing was changed. Close the other program, then try again.`;
    case 'no-backup':
      return `This workspace has to be brought up to date, and no copy of it could be made first. Nothing was changed. Look at the backups folder beside ${file}, then try again.`;
    case 'out-of-reach':
      return `${file} cannot be reached. Nothing was changed. Check that its folder exists and that the drive is connected, then try again.`;
    default:
      return never(facts);
  }
}
