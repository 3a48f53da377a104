import type { EventEmitter } from 'node:events';
import type { members } from './electron.ts';

// Read by the type checker only: the stand-in may lack members of Electron, but it must not invent any.
// Names that start with an underscore are for tests and say so.

type Real = typeof import('electron');
type Mine = typeof members;
type Made<T> = T extends abstract new (...args: never[]) => infer Instance ? Instance : object;
type Invented<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs | `_${string}`>;

type InventedMembers = { [Name in keyof Mine]: Invented<Mine[Name], Real[Name]> }[keyof Mine];
type InventedByInstances = { [Name in keyof Mine]: Invented<Made<Mine[Name]>, Made<Real[Name]>> }[keyof Mine];

export type NothingIsInvented = [
  Assert<Invented<Mine, Real>>,
  Assert<InventedMembers>,
  Assert<InventedByInstances>,
  Assert<Invented<Mine['session']['defaultSession'], Real['session']['defaultSession']>>,
];

// Classes are held against Electron's where they are written (`implements Shape<…>`); these are plain objects.
type Plain =
  | 'app'
  | 'clipboard'
  | 'crashReporter'
  | 'dialog'
  | 'globalShortcut'
  | 'nativeImage'
  | 'nativeTheme'
  | 'net'
  | 'powerMonitor'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'safeStorage'
  | 'screen'
  | 'shell';
type Common<Ours, Theirs> = Exclude<keyof Ours & keyof Theirs, keyof EventEmitter | 'commandLine' | 'dock'>;
type Clash<Ours, Theirs> = {
  [Name in Common<Ours, Theirs>]: Ours[Name] extends Theirs[Name] ? never : Name;
}[Common<Ours, Theirs>];
export type NothingClashes = Assert<{ [Name in Plain]: Clash<Mine[Name], Real[Name]> }[Plain]>;

type Assert<Empty extends never> = Empty;
