import type * as Electron from 'electron';
import { anEvent, type Shape, StrictEmitter, strictClass } from '../strict.ts';

type Options = Electron.NotificationConstructorOptions;

class Notification extends StrictEmitter implements Shape<Electron.Notification> {
  /** Every notification ever shown, oldest first, for tests: emit 'click' on one to press it. */
  static readonly _shown: Notification[] = [];
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  actions: Electron.NotificationAction[];
  hasReply: boolean;
  replyPlaceholder: string;
  urgency: NonNullable<Options['urgency']>;
  timeoutType: NonNullable<Options['timeoutType']>;
  closeButtonText: string;
  readonly _icon: Options['icon'];
  _open = false;

  constructor(options: Options = {}) {
    super('Notification');
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.actions = options.actions ?? [];
    this.hasReply = options.hasReply ?? false;
    this.replyPlaceholder = options.replyPlaceholder ?? '';
    this.urgency = options.urgency ?? 'normal';
    this.timeoutType = options.timeoutType ?? 'default';
    this.closeButtonText = options.closeButtonText ?? '';
    this._icon = options.icon;
  }
  static isSupported(): boolean {
    return process.env.PARLEY_STANDIN_NOTIFICATIONS !== 'none';
  }
  show(): void {
    Notification._shown.push(this);
    this._open = true;
    setImmediate(() => this.emit('show', anEvent({})));
  }
  close(): void {
    if (!this._open) return;
    this._open = false;
    setImmediate(() => this.emit('close', anEvent({})));
  }
}

const GuardedNotification = strictClass('Notification', Notification);
export { GuardedNotification as Notification };
