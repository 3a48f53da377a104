import { EventEmitter } from 'node:events';

// What the language, promises, inspectors and test tools ask of any object. Saying "no" is the honest answer.
const askedOfAnything = new Set([
  'then',
  'catch',
  'toJSON',
  'inspect',
  'constructor',
  'prototype',
  'nodeType',
  'tagName',
  'asymmetricMatch',
  '$$typeof',
  '__esModule',
  'default',
  'module.exports',
]);

/**
 * An object whose unknown members throw instead of being undefined. Without this, an app that calls
 * something the stand-in lacks would quietly take its "not there" branch and the test would prove nothing.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, member, receiver) {
      if (typeof member === 'symbol' || member in object || askedOfAnything.has(member)) {
        refuseTheDead(object, member);
        return Reflect.get(object, member, receiver) as unknown;
      }
      throw new Error(
        `The Electron stand-in has no ${name}.${member}. See test/electron-stand-in/README.md.`,
      );
    },
  });
}

// Electron throws at any method of a closed window. Apps forget this easily, so it is kept here.
function refuseTheDead(object: object, member: string | symbol): void {
  if (!('_destroyed' in object) || object._destroyed !== true) return;
  const ours = Object.getPrototypeOf(object) as object;
  const isMethod =
    Object.hasOwn(ours, member) && typeof Object.getOwnPropertyDescriptor(ours, member)?.value === 'function';
  const allowed =
    typeof member === 'symbol' ||
    member.startsWith('_') ||
    member === 'isDestroyed' ||
    member === 'constructor';
  if (isMethod && !allowed) throw new TypeError('Object has been destroyed');
}

/** A class whose statics and instances are strict: instances by StrictEmitter, statics by this. */
export function strictClass<T extends abstract new (...args: never[]) => object>(name: string, target: T): T {
  return strict(name, target);
}

/** A plain object that `strict` guards; the base of small classes. */
export class Strict {
  constructor(name: string) {
    // oxlint-disable-next-line no-constructor-return
    return strict(name, this);
  }
}

/** An event emitter that `strict` guards; `this` in a subclass is the guarded object itself. */
export class StrictEmitter extends EventEmitter {
  constructor(name: string) {
    super();
    // Returning a proxy from a constructor makes it the `this` of every subclass, so that
    // identities stay whole: what is put in a list is what the app holds.
    // oxlint-disable-next-line no-constructor-return
    return strict(name, this);
  }
}

/** What a class here must agree with where it says the same word as Electron's; events are checked by nobody. */
export type Shape<T, Except extends keyof T = never> = Partial<Omit<T, keyof EventEmitter | Except>>;

export type PreventableEvent = { defaultPrevented: boolean; preventDefault(): void };

/** The first argument of Electron's events. */
export function anEvent<T extends object>(more: T): T & PreventableEvent {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}
