import { createHmac } from 'node:crypto';
import { HOUR_MS, type Instant, SECOND_MS } from '../../../shared/lib/instants.ts';

export interface TokenParts {
  readonly accountSid: string;
  /** A standard API key: the auth token signs no passes. */
  readonly keySid: string;
  readonly secret: string;
  readonly identity: string;
  readonly region?: string | undefined;
  readonly now: Instant;
  readonly forMs?: number;
}

/** Twilio takes no pass for longer. */
const PASS_MS_MAX = 24 * HOUR_MS;

/** A pass for an agent’s softphone. It is all of Twilio that a screen ever sees. */
export function softphonePass(parts: TokenParts): string {
  const { accountSid, keySid, secret, identity, region, now, forMs = HOUR_MS } = parts;
  const issuedAt = Math.floor(now / SECOND_MS);
  const head = { typ: 'JWT', alg: 'HS256', cty: 'twilio-fpa;v=1', ...(region ? { twr: region } : {}) };
  const claims = {
    jti: `${keySid}-${issuedAt}`,
    iss: keySid,
    sub: accountSid,
    iat: issuedAt,
    exp: issuedAt + Math.floor(Math.min(forMs, PASS_MS_MAX) / SECOND_MS),
    grants: { identity, voice: { incoming: { allow: true } } },
  };
  const signed = `${part(head)}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
