import type * as Electron from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import { Strict, strict } from '../strict.ts';

type Size = { width: number; height: number };

/** Holds the bytes of a picture and knows its size; pixels are never touched. */
class NativeImage extends Strict implements Partial<Electron.NativeImage> {
  readonly #bytes: Buffer;
  readonly #size: Size;
  #template = false;
  isMacTemplateImage = false;

  constructor(bytes: Buffer, size = sizeOf(bytes)) {
    super('NativeImage');
    this.#bytes = bytes;
    this.#size = size;
  }
  isEmpty(): boolean {
    return this.#bytes.length === 0;
  }
  getSize(): Size {
    return this.#size;
  }
  getAspectRatio(): number {
    return this.#size.height === 0 ? 1 : this.#size.width / this.#size.height;
  }
  toPNG(): Buffer {
    return this.#bytes;
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`;
  }
  resize({ width, height }: Electron.ResizeOptions): Electron.NativeImage {
    const ratio = this.getAspectRatio();
    const size = {
      width: width ?? Math.round((height ?? this.#size.height) * ratio),
      height: height ?? Math.round((width ?? this.#size.width) / ratio),
    };
    return asElectron(new NativeImage(this.#bytes, size));
  }
  setTemplateImage(option: boolean): void {
    this.#template = option;
  }
  isTemplateImage(): boolean {
    return this.#template;
  }
  addRepresentation(): void {}
}

const asElectron = (image: NativeImage) => image as unknown as Electron.NativeImage;

export const nativeImage = strict('nativeImage', {
  createEmpty: (): Electron.NativeImage => asElectron(new NativeImage(Buffer.alloc(0))),
  createFromPath: (path: string): Electron.NativeImage =>
    asElectron(new NativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0))),
  createFromBuffer: (bytes: Buffer): Electron.NativeImage => asElectron(new NativeImage(Buffer.from(bytes))),
  createFromDataURL: (url: string): Electron.NativeImage =>
    asElectron(new NativeImage(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))),
});

/** The size written in a PNG's header. Other formats count as empty, which shows at once in a test. */
function sizeOf(bytes: Buffer): Size {
  const isPng = bytes.length > 24 && bytes.toString('latin1', 1, 4) === 'PNG';
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : { width: 0, height: 0 };
}
