import type { Phone } from './phone.ts';

let phone: Phone | null = null;

/** The phone of this page; null where there is none, or where it is to be silent. */
export function thisPhone(): Phone | null {
  return phone;
}

export function setThisPhone(next: Phone | null): void {
  phone = next;
}
