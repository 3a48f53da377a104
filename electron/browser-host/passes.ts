import { randomBytes } from 'node:crypto';
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

/**
 * Who may talk to the browser host: whoever was handed a ticket on the terminal. The ticket is spent by the
 * first page that shows it; from then on a strict cookie, which no other page can read, stands in.
 */
export function passes(): Passes {
  const tickets = new Set<string>();
  const cookies: string[] = [];
  return {
    issueTicket() {
      const ticket = randomBytes(24).toString('base64url');
      tickets.add(ticket);
      return ticket;
    },
    redeem(ticket) {
      if (!tickets.delete(ticket)) return null;
      const cookie = randomBytes(32).toString('base64url');
      cookies.push(cookie);
      if (cookies.length > COOKIES_MAX) cookies.shift();
      return cookie;
    },
    holds: (cookie) => cookies.some((each) => isSame(cookie, each)),
  };
}
