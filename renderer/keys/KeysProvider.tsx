import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { focusOf } from './focus.ts';
import { createKeyboard, type Keyboard, type KeyboardSettings } from './keyboard.ts';
import { runsOnMac } from './platform.ts';
import {
  type Binding,
  type Layer,
  type Scope,
  sheet,
  type SheetGroup,
  shownKeys,
  whyNotKeys,
} from './registry.ts';

const KeyboardContext = createContext<Keyboard | null>(null);

interface KeysProviderProps extends Partial<KeyboardSettings> {
  /** Told why a pressed key does nothing now; show it in the status bar. */
  onBlocked?: ((why: string) => void) | undefined;
  children: ReactNode;
}

const NO_REBINDING: KeyboardSettings['rebound'] = {};

/** Listens to the keyboard once for the whole window. */
export function KeysProvider({
  onBlocked,
  lettersOn = true,
  rebound = NO_REBINDING,
  children,
}: KeysProviderProps) {
  const [keyboard] = useState(() => createKeyboard({ isMac: runsOnMac(), later }));
  useLayoutEffect(() => keyboard.whenBlocked((why) => onBlocked?.(why)), [keyboard, onBlocked]);
  useLayoutEffect(() => keyboard.configure({ lettersOn, rebound }), [keyboard, lettersOn, rebound]);
  useEffect(() => listen(keyboard), [keyboard]);
  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

function later(then: () => void, ms: number): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}

function listen(keyboard: Keyboard): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    // A part that has used the key already, such as an open menu, says so by preventing the default.
    if (event.defaultPrevented) return;
    const press = {
      key: event.key,
      code: event.code,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      shiftKey: event.shiftKey,
      repeat: event.repeat,
      isComposing: event.isComposing,
      altGraph: event.getModifierState('AltGraph'),
    };
    if (keyboard.press(press, focusOf(document.activeElement))) event.preventDefault();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

// Parents render before their children, so a number drawn while rendering puts the child's layer on top.
let lastOrder = 0;

/**
 * Makes bindings work while this component is mounted. An empty list in scope `dialog` shuts out the plain keys
 * beneath. Pass `enabled: false` to take them away without unmounting.
 */
export function useKeys(scope: Scope, bindings: readonly Binding[], { enabled = true } = {}): void {
  const keyboard = useContext(KeyboardContext);
  const [id] = useState(() => ({ order: ++lastOrder }));
  const layer = useLatestLayer(scope, id.order, bindings);
  useLayoutEffect(() => {
    if (keyboard === null || !enabled) return undefined;
    keyboard.put(id, layer);
    return () => keyboard.remove(id);
  }, [keyboard, enabled, id, layer]);
}

/** A layer that changes only when something a person could notice changes; `run` is always the latest one. */
function useLatestLayer(scope: Scope, order: number, bindings: readonly Binding[]): Layer {
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  const looks = JSON.stringify(bindings);
  return useMemo(() => {
    const plain = JSON.parse(looks) as Omit<Binding, 'run'>[];
    const run = (bindingId: string) => latest.current.find((binding) => binding.id === bindingId)?.run();
    return { scope, order, bindings: plain.map((binding) => ({ ...binding, run: () => run(binding.id) })) };
  }, [scope, order, looks]);
}

const NO_LAYERS: readonly Layer[] = [];
const silent = () => () => undefined;

/** The bindings active now, for the key sheet. */
export function useKeySheet(): SheetGroup[] {
  const keyboard = useContext(KeyboardContext);
  const layers = useSyncExternalStore(keyboard?.subscribe ?? silent, () => keyboard?.layers() ?? NO_LAYERS);
  return useMemo(() => sheet(layers, { rebound: keyboard?.settings().rebound ?? {} }), [layers, keyboard]);
}

/** The keys that work today where the built-in ones are named on screen. */
export function useShownKeys(keys: string): string {
  const keyboard = useContext(KeyboardContext);
  const read = () => {
    if (keyboard === null) return keys;
    const { rebound } = keyboard.settings();
    return Object.keys(rebound).length === 0 ? keys : shownKeys(keys, keyboard.layers(), rebound);
  };
  return useSyncExternalStore(keyboard?.subscribe ?? silent, read);
}

/** Says why something cannot be done by some keys; null where it can. */
export function useWhyNotKeys(): (keys: string, forId: string) => string | null {
  const keyboard = useContext(KeyboardContext);
  return (keys, forId) => {
    if (keyboard === null) return null;
    const { rebound } = keyboard.settings();
    return whyNotKeys(keys, forId, keyboard.layers(), { rebound, isMac: keyboard.isMac });
  };
}
