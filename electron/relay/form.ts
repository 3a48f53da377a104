/** Nothing a carrier posts has nearly as many fields. */
const KEYS_MAX = 500;
const AMPERSAND = 0x26;

/** The fields of a posted form. Null where there are too many, which is found out before any is read. */
export function fieldsIn(body: Buffer): URLSearchParams | null {
  let keys = 1;
  for (let at = body.indexOf(AMPERSAND); at !== -1; at = body.indexOf(AMPERSAND, at + 1)) keys += 1;
  return keys > KEYS_MAX ? null : new URLSearchParams(body.toString('utf8'));
}

/** Each field once: of one that comes several times the last counts. */
export function formIn(body: Buffer): Record<string, string> | null {
  const fields = fieldsIn(body);
  return fields === null ? null : Object.fromEntries(fields);
}

export function isForm(mime: string): boolean {
  return mime === 'application/x-www-form-urlencoded';
}
