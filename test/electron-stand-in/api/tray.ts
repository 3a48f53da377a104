import type * as Electron from 'electron';
import { anEvent, type Shape, StrictEmitter, strictClass } from '../strict.ts';
import type { Menu } from './menu.ts';

class Tray extends StrictEmitter implements Shape<Electron.Tray, 'setContextMenu' | 'popUpContextMenu'> {
  /** Every tray icon that is up, for tests: nothing here can be seen. */
  static readonly _all: Tray[] = [];
  _image: Electron.NativeImage | string;
  _toolTip = '';
  _menu: InstanceType<typeof Menu> | null = null;
  _title = '';
  _destroyed = false;

  constructor(image: Electron.NativeImage | string) {
    super('Tray');
    this._image = image;
    Tray._all.push(this);
  }
  setImage(image: Electron.NativeImage | string): void {
    this._image = image;
  }
  setPressedImage(): void {}
  setToolTip(toolTip: string): void {
    this._toolTip = toolTip;
  }
  setTitle(title: string): void {
    this._title = title;
  }
  getTitle(): string {
    return this._title;
  }
  setContextMenu(menu: InstanceType<typeof Menu> | null): void {
    this._menu = menu;
  }
  popUpContextMenu(menu?: InstanceType<typeof Menu>): void {
    (menu ?? this._menu)?.popup();
  }
  closeContextMenu(): void {
    this._menu?.closePopup();
  }
  setIgnoreDoubleClickEvents(): void {}
  displayBalloon(): void {}
  removeBalloon(): void {}
  focus(): void {}
  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 22, height: 22 };
  }
  /** A press on the icon. */
  _click(): void {
    this.emit('click', anEvent({}), this.getBounds(), { x: 0, y: 0 });
  }
  destroy(): void {
    Tray._all.splice(Tray._all.indexOf(this), 1);
    this._destroyed = true;
  }
  isDestroyed(): boolean {
    return this._destroyed;
  }
}

const GuardedTray = strictClass('Tray', Tray);
export { GuardedTray as Tray };
