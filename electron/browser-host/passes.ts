import { createHash, randomBytes } from 'node:crypto';
import { isSame } from './guards.ts';

/** Browsers kept signed in at once; the oldest goes when a further one comes. */
const COOKIES_MAX = 16;

export interface Passes {
  /** A ticket for one browser, good once: it stands in an address that others on the machine might see. */
  issueTicket(): string;
  /** Trades a ticket for the secret the browser keeps in a cookie. Null when it is used up or wrong. */
  redeem(ticket: string): string | null;
  holds(cookie: string): boolean;
}

/** Prints of the cookies handed out, kept so that a page finds its way back after a restart. */
export interface PassMemory {
  readonly prints: readonly string[];
  keep(prints: readonly string[]): void;
}

/**
 * Who may talk to the browser host: whoever was handed a ticket on the terminal. The ticket is spent by the
 * first page that shows it; from then on a strict cookie, which no other page can read, stands in. Only the
 * cookies' prints are known here: nobody can make a pass of what is on disk.
 */
export function passes(memory: PassMemory): Passes {
  const tickets = new Set<string>();
  const prints = [...memory.prints];
  return {
    issueTicket() {
      const ticket = randomBytes(24).toString('base64url');
      tickets.add(ticket);
      return ticket;
    },
    redeem(ticket) {
      if (!tickets.delete(ticket)) return null;
      const cookie = randomBytes(32).toString('base64url');
      prints.push(printOf(cookie));
      if (prints.length > COOKIES_MAX) prints.shift();
      memory.keep(prints);
      return cookie;
    },
    holds: (cookie) => prints.some((each) => isSame(printOf(cookie), each)),
  };
}

function printOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}
