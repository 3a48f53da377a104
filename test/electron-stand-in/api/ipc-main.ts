import type * as Electron from 'electron';
import { StrictEmitter } from '../strict.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- Electron's own type for what a channel carries
type Handler = (event: Electron.IpcMainInvokeEvent, ...args: any[]) => unknown;

class IpcMain extends StrictEmitter {
  #handlers = new Map<string, Handler>();

  constructor() {
    super('ipcMain');
  }
  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args: unknown[]) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }
  async _answer(event: Electron.IpcMainInvokeEvent, channel: string, args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}

export const ipcMain = new IpcMain();
