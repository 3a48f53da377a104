import { Notification } from 'electron';

export interface Notice {
  readonly title: string;
  readonly body: string;
}

/** Notices outside the window. A press runs `onPress`. Where the system has none, nothing is shown. */
export function notices(icon: string): (notice: Notice, onPress: () => void) => void {
  // Held here until they are closed: a notice that was collected as garbage no longer hears its press.
  const open = new Set<Notification>();
  return ({ title, body }, onPress) => {
    if (!Notification.isSupported()) return;
    const notice = new Notification({ title, body, icon });
    open.add(notice);
    notice.on('click', onPress);
    notice.on('close', () => open.delete(notice));
    notice.show();
  };
}
