import type * as Electron from 'electron';
import { originOf } from '../addresses.ts';
import { type Shape, Strict } from '../strict.ts';
import type { WebContents } from './web-contents.ts';

/** The main frame of a page: who sent a message, for the check at the door. Inner frames have no preload. */
export class WebFrameMain extends Strict implements Shape<Electron.WebFrameMain> {
  readonly #contents: WebContents;
  readonly routingId = 1;
  readonly name = '';
  readonly parent = null;
  readonly frames: Electron.WebFrameMain[] = [];
  readonly frameTreeNodeId = 1;

  constructor(contents: WebContents) {
    super('WebFrameMain');
    this.#contents = contents;
  }
  get processId(): number {
    return this.#contents.id;
  }
  get url(): string {
    return this.#contents._destroyed ? '' : this.#contents.getURL();
  }
  get origin(): string {
    return originOf(this.url);
  }
  get top(): Electron.WebFrameMain {
    return this as unknown as Electron.WebFrameMain;
  }
  get detached(): boolean {
    return this.#contents._destroyed;
  }
  isDestroyed(): boolean {
    return this.#contents._destroyed;
  }
  send(channel: string, ...args: unknown[]): void {
    this.#contents.send(channel, ...args);
  }
  executeJavaScript(code: string): Promise<unknown> {
    return this.#contents.executeJavaScript(code);
  }
}

const errorNumbers: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
};

/** A page that could not be loaded, in the words of Electron. */
export function loadError(code: string, url: string) {
  const errno = errorNumbers[code] ?? -2;
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { errno, code, url });
}
