/**
 * Whole numbers by whole numbers, twelve bytes an entry: two million numbers of a list fit where a Map of texts
 * would take a quarter of a gigabyte. The first value of a key stays.
 */
export interface KeyIndex {
  /** Null where the key is new. */
  get(key: number): number | null;
  /** Keeps `value` unless the key is there; returns what stands now. */
  add(key: number, value: number): number;
  readonly size: number;
}

export function keyIndex(expected = 1_024): KeyIndex {
  let slots = 1 << Math.ceil(Math.log2(Math.max(16, expected * 2)));
  let keys = new Float64Array(slots);
  let values = new Int32Array(slots);
  let size = 0;

  /** The slot of a key, or the free one where it belongs. Zero is no key: free slots hold it. */
  function slotOf(key: number): number {
    let slot = mixed(key) & (slots - 1);
    while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & (slots - 1);
    return slot;
  }

  function grow(): void {
    const [oldKeys, oldValues] = [keys, values];
    slots *= 2;
    keys = new Float64Array(slots);
    values = new Int32Array(slots);
    for (let at = 0; at < oldKeys.length; at++) {
      if (oldKeys[at] === 0) continue;
      const slot = slotOf(oldKeys[at]!);
      keys[slot] = oldKeys[at]!;
      values[slot] = oldValues[at]!;
    }
  }

  return {
    get(key) {
      const slot = slotOf(key);
      return keys[slot] === 0 ? null : values[slot]!;
    },
    add(key, value) {
      const slot = slotOf(key);
      if (keys[slot] !== 0) return values[slot]!;
      keys[slot] = key;
      values[slot] = value;
      size += 1;
      // Beyond two thirds, looking for a free slot takes longer and longer.
      if (size * 3 > slots * 2) grow();
      return value;
    },
    get size() {
      return size;
    },
  };
}

/** At most fifteen digits: exactly a number that JavaScript can hold. */
export function keyOfNumber(e164: string): number {
  return Number(e164.slice(1));
}

/** A text as a number of 52 bits. Two texts may share one: whoever finds one looks at the texts. */
export function keyOfText(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) + 0x9e3779b9;
  }
  return (a >>> 0) * 2 ** 20 + ((b ^ (b >>> 15)) & 0xfffff) + 1;
}

function mixed(key: number): number {
  let hash = (key % 4294967296) ^ (key / 4294967296);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
