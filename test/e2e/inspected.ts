import type { RunningDesktop } from './running.ts';

/*
 * What the system would show or do for the desktop, and no test can see: the stand-in keeps it under names that
 * begin with an underscore, and only this file knows those.
 */

type App = RunningDesktop['app'];

export type Inspected = {
  Tray: {
    _all: {
      _toolTip: string;
      _image: Electron.NativeImage;
      _menu: { items: { label: string }[]; getMenuItemById(id: string): { click(): void } | null };
    }[];
  };
  Notification: { _shown: { title: string; body: string; emit(event: string): void }[] };
  dialog: { _shown: { kind: string; options: { message: string; detail?: string } }[] };
  shell: { _opened: string[] };
};

export function tray({ app }: { app: App }): Promise<{ tip: string; items: string[]; hasPicture: boolean }> {
  return app.evaluate((electron) => {
    const { _toolTip, _menu, _image } = (electron as unknown as Inspected).Tray._all[0]!;
    return { tip: _toolTip, items: _menu.items.map(({ label }) => label), hasPicture: !_image.isEmpty() };
  });
}

export function press({ app }: { app: App }, wish: string): Promise<void> {
  return app.evaluate((electron, id) => {
    (electron as unknown as Inspected).Tray._all[0]!._menu.getMenuItemById(id)!.click();
  }, wish);
}

export function notices({ app }: { app: App }): Promise<string[]> {
  return app.evaluate((electron) =>
    (electron as unknown as Inspected).Notification._shown.map(({ title }) => title),
  );
}

export function noticeTexts({ app }: { app: App }): Promise<string[]> {
  return app.evaluate((electron) =>
    (electron as unknown as Inspected).Notification._shown.map(({ title, body }) => `${title}: ${body}`),
  );
}

/** Presses the latest one. */
export function pressNotice({ app }: { app: App }): Promise<void> {
  return app.evaluate((electron) => {
    (electron as unknown as Inspected).Notification._shown.at(-1)!.emit('click');
  });
}

export function questions({ app }: { app: App }): Promise<string[]> {
  return app.evaluate((electron) =>
    (electron as unknown as Inspected).dialog._shown.flatMap(({ kind, options }) =>
      kind === 'message' ? [options.message] : [],
    ),
  );
}

export function questionDetails({ app }: { app: App }): Promise<string[]> {
  return app.evaluate((electron) =>
    (electron as unknown as Inspected).dialog._shown.flatMap(({ kind, options }) =>
      kind === 'message' ? [options.detail ?? ''] : [],
    ),
  );
}

export function opened({ app }: { app: App }): Promise<string[]> {
  return app.evaluate((electron) => (electron as unknown as Inspected).shell._opened);
}
