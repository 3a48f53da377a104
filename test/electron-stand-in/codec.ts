// How values cross between the main process and a page. This one function runs on both sides: the
// page gets its source text, so it may use nothing from outside itself but the language.

export type Codec = { encode(value: unknown): string; decode(text: string): unknown };

/** A codec with the reach of structured clone: what Electron's IPC carries, and nothing more. */
export function makeCodec(): Codec {
  const refusal = () => new Error('An object could not be cloned.');
  const viewNames = [
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
    'DataView',
  ];

  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(text);
  };
  const fromBase64 = (text: string): ArrayBuffer =>
    Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

  type Tagged = Record<string, unknown>;

  // Every object takes the next number when it is first met, on both sides, so `{ r: 3 }` can mean "that one again".
  function packObject(value: object, seen: Map<object, number>): Tagged {
    const known = seen.get(value);
    if (known !== undefined) return { r: known };
    seen.set(value, seen.size);
    const inner = (part: unknown) => pack(part, seen);
    if (Array.isArray(value)) return { a: value.map(inner) };
    if (value instanceof Date) return { d: Number.isNaN(value.getTime()) ? null : value.getTime() };
    if (value instanceof RegExp) return { x: [value.source, value.flags] };
    if (value instanceof Map) return { m: [...value].flat().map(inner) };
    if (value instanceof Set) return { s: [...value].map(inner) };
    if (value instanceof ArrayBuffer) return { b: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const tag = Object.prototype.toString.call(value).slice(8, -1);
      return { v: [tag, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))] };
    }
    if (value instanceof Error) {
      return { e: [value.name, value.message, value.stack ?? '', 'cause' in value ? inner(value.cause) : 0] };
    }
    if (
      value instanceof Promise ||
      value instanceof WeakMap ||
      value instanceof WeakSet ||
      value instanceof WeakRef ||
      Object.prototype.toString.call(value) === '[object Window]' ||
      'nodeType' in value
    ) {
      throw refusal();
    }
    return { o: Object.entries(value).flatMap(([key, part]) => [key, inner(part)]) };
  }

  function pack(value: unknown, seen: Map<object, number>): unknown {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return { u: 1 };
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { f: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value === 'bigint') return { n: String(value) };
    if (typeof value === 'object') return packObject(value, seen);
    throw refusal();
  }

  function unpackError(parts: unknown[], seen: unknown[]): Error {
    const [name, message, stack, cause] = parts as [string, string, string, unknown];
    const kinds: Record<string, ErrorConstructor> = { TypeError, RangeError, SyntaxError, EvalError };
    const error = new (kinds[name] ?? Error)(message);
    seen.push(error);
    if (stack !== '') error.stack = stack;
    if (cause !== 0) error.cause = unpack(cause, seen);
    return error;
  }

  function unpackView(name: string, bytes: ArrayBuffer): unknown {
    if (!viewNames.includes(name)) throw new Error(`unknown view ${name}`);
    const kinds = globalThis as unknown as Record<string, new (bytes: ArrayBuffer) => unknown>;
    return new kinds[name]!(bytes);
  }

  function unpackObject(tag: string, body: unknown, seen: unknown[]): unknown {
    const keep = <T>(value: T): T => {
      seen.push(value);
      return value;
    };
    const parts = body as unknown[];
    if (tag === 'd') return keep(new Date(body === null ? Number.NaN : (body as number)));
    if (tag === 'x') return keep(new RegExp(String(parts[0]), String(parts[1])));
    if (tag === 'b') return keep(fromBase64(body as string));
    if (tag === 'v') return keep(unpackView(String(parts[0]), fromBase64(String(parts[1]))));
    if (tag === 'e') return unpackError(parts, seen);
    if (tag === 'a') {
      const list = keep([] as unknown[]);
      for (const part of parts) list.push(unpack(part, seen));
      return list;
    }
    if (tag === 's') {
      const set = keep(new Set());
      for (const part of parts) set.add(unpack(part, seen));
      return set;
    }
    if (tag === 'm') {
      const map = keep(new Map());
      for (let at = 0; at < parts.length; at += 2)
        map.set(unpack(parts[at], seen), unpack(parts[at + 1], seen));
      return map;
    }
    const object = keep({});
    for (let at = 0; at < parts.length; at += 2) {
      const value = unpack(parts[at + 1], seen);
      // A key named __proto__ is data here, never a prototype.
      const slot = { value, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(object, String(parts[at]), slot);
    }
    return object;
  }

  function unpack(packed: unknown, seen: unknown[]): unknown {
    if (packed === null || typeof packed !== 'object') return packed;
    const [tag, body] = Object.entries(packed)[0] as [string, unknown];
    if (tag === 'u') return undefined;
    if (tag === 'f') return Number(body);
    if (tag === 'n') return BigInt(body as string);
    if (tag === 'r') return seen[body as number];
    return unpackObject(tag, body, seen);
  }

  return {
    encode: (value) => JSON.stringify(pack(value, new Map())),
    decode: (text) => unpack(JSON.parse(text), []),
  };
}
