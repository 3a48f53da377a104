import type { Focus } from './registry.ts';

const TEXT_ROLES = new Set([
  'textbox',
  'searchbox',
  'combobox',
  'listbox',
  'option',
  'menu',
  'menuitem',
  'menuitemradio',
  'menuitemcheckbox',
  'tree',
  'treeitem',
]);
const ROVING_ROLES = new Set([
  'radio',
  'radiogroup',
  'tab',
  'slider',
  'spinbutton',
  'separator',
  'grid',
  'row',
  'gridcell',
]);
const BUTTON_ROLES = new Set(['button', 'link', 'checkbox', 'switch']);
const PLAIN_INPUTS = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file']);

/** The little we need to know of an element; a real Element has it all. */
export interface FocusTarget {
  tagName: string;
  isContentEditable?: boolean | undefined;
  getAttribute: (name: string) => string | null;
}

/** Which keys the focused element uses itself. Menus and lists jump to what is typed, so they count as text. */
export function focusOf(target: FocusTarget | null): Focus {
  if (target === null) return 'nothing';
  if (target.isContentEditable === true) return 'text';
  const role = target.getAttribute('role') ?? '';
  if (TEXT_ROLES.has(role)) return 'text';
  if (ROVING_ROLES.has(role)) return 'roving';
  if (BUTTON_ROLES.has(role)) return 'button';
  return focusByTag(target);
}

function focusByTag(target: FocusTarget): Focus {
  const type = target.getAttribute('type') ?? 'text';
  switch (target.tagName.toLowerCase()) {
    case 'input':
      if (!PLAIN_INPUTS.has(type)) return 'text';
      return type === 'radio' || type === 'range' ? 'roving' : 'button';
    case 'textarea':
    case 'select':
      return 'text';
    case 'button':
    case 'summary':
      return 'button';
    case 'a':
      return target.getAttribute('href') === null ? 'nothing' : 'button';
    default:
      return 'nothing';
  }
}
