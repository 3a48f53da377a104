import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Tiding } from '../../shared/domain/tiding.ts';
import { useClient } from '../data/client.tsx';
import { useHello } from '../data/hello.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import type { Tone } from '../ui/Badge.tsx';
import { useToasts } from '../ui/Toaster.tsx';
import { isShownAlready, mayShowOutside } from './tidings.ts';

const TONE: Readonly<Record<Tiding['kind'], Tone>> = {
  'campaign-finished': 'good',
  'campaign-paused': 'warn',
  'callback-due': 'accent',
  'carrier-trouble': 'bad',
  'storage-trouble': 'bad',
};

const SHOWN_MS = 20_000;

/** Tells what happened while somebody looked elsewhere: a toast here, and outside the page where it may. */
export function Tidings() {
  const client = useClient();
  const router = useRouter();
  const toasts = useToasts();
  const announce = useAnnounce();
  const { host } = useHello();
  useEffect(() => {
    const tell = (tiding: Tiding) => {
      const isLookedAt = document.visibilityState === 'visible' && document.hasFocus();
      const { title, body, path, kind } = tiding;
      if (isShownAlready(tiding, router.state.location.pathname, isLookedAt)) return;
      const go = () => router.history.push(path);
      const id = toasts.show({
        text: title,
        detail: body,
        tone: TONE[kind],
        action: {
          label: 'Show',
          run() {
            toasts.close(id);
            go();
          },
        },
        // Whoever was away still finds it.
        shownMs: isLookedAt ? SHOWN_MS : 0,
      });
      announce(`${title}. ${body}`);
      // On the desktop the system is told by Parley itself, not by the page.
      if (host === 'browser' && !isLookedAt && mayShowOutside() === 'granted') showOutside(tiding, go);
    };
    return client.standing.tidings((all) => all.forEach(tell));
  }, [client, router, toasts, announce, host]);
  return null;
}

function showOutside({ title, body, kind }: Tiding, go: () => void): void {
  const notice = new Notification(title, { body, tag: kind });
  notice.addEventListener('click', () => {
    window.focus();
    go();
    notice.close();
  });
}
