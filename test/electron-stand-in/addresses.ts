// Chromium refuses schemes it does not know before anyone can intercept them, so app://bundle/x is
// shown as https://bundle.app.standin/x. Both ways are done here and nowhere else.

const outside = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i;
const inside = /^https:\/\/(.+)\.([a-z][a-z0-9-]*)\.standin(?=[/?#]|$)(.*)$/i;
const known = new Set(['http', 'https', 'file', 'data', 'blob', 'about', 'chrome', 'devtools', 'ws', 'wss']);

/** app://bundle/x → https://bundle.app.standin/x; addresses Chromium knows stay as they are. */
export function toBrowserUrl(url: string): string {
  const [, scheme, host, rest] = outside.exec(url) ?? [];
  if (scheme === undefined || known.has(scheme.toLowerCase())) return url;
  return `https://${host}.${scheme.toLowerCase()}.standin${rest === '' ? '/' : rest}`;
}

/** https://bundle.app.standin/x → app://bundle/x. */
export function toAppUrl(url: string): string {
  const [, host, scheme, rest] = inside.exec(url) ?? [];
  return scheme === undefined ? url : `${scheme}://${host}${rest}`;
}

/** The origin of an app address, as Electron writes it: no slash at the end. */
export function originOf(url: string): string {
  const [, scheme, host] = outside.exec(toAppUrl(url)) ?? [];
  if (scheme === undefined) return 'null';
  return scheme === 'file' ? 'file://' : `${scheme}://${host}`;
}

/** A response header with app addresses in it (Location, Content-Security-Policy), as the page must see it. */
export function toBrowserHeader(value: string, schemes: readonly string[]): string {
  return schemes.reduce(
    (text, scheme) =>
      text
        .replace(new RegExp(`\\b${scheme}://([\\w.*-]+)`, 'g'), `https://$1.${scheme}.standin`)
        .replace(new RegExp(`(^|[\\s;,])${scheme}:(?=$|[\\s;,])`, 'g'), `$1https://*.${scheme}.standin`),
    value,
  );
}

/** A request header as the app's handler must see it (Referer, Origin). */
export function toAppHeader(value: string): string {
  return value.replace(/https:\/\/([\w.-]+?)\.([a-z][a-z0-9-]*)\.standin/g, '$2://$1');
}
