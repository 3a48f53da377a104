import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useClient } from '../data/client.tsx';
import { useDeskValue } from '../data/desk.ts';
import { putInDialBox } from '../data/dial-box.ts';
import { faceOf, titleOf } from './desk-face.ts';
import { PhoneHost } from '../phone/PhoneHost.tsx';
import { FrameKeys } from './FrameKeys.tsx';
import { PausedBanner } from './PausedBanner.tsx';
import { PhoneBanner } from './PhoneBanner.tsx';
import { placeAt } from './places.ts';
import { PracticeBanner } from './PracticeBanner.tsx';
import { Rail } from './Rail.tsx';
import { Speech } from './Speech.tsx';
import { StatusBar } from './StatusBar.tsx';
import { Tidings } from './Tidings.tsx';
import { useIdleLock } from './use-idle-lock.ts';

/** What stays while the screens change: banner, rail, status bar, keys and voice. */
export function Frame() {
  const { pathname } = useLocation();
  useWindowTitle(pathname);
  useFocusOnArrival();
  useDesktopWishes();
  useIdleLock();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <SkipLink />
      <PracticeBanner />
      <PausedBanner />
      <PhoneBanner />
      <div className="flex min-h-0 flex-1">
        <Rail />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 overflow-hidden outline-none">
          <Outlet />
        </main>
      </div>
      <StatusBar />
      <FrameKeys />
      <Speech />
      <PhoneHost />
      <Tidings />
    </div>
  );
}

function SkipLink() {
  return (
    <button
      type="button"
      onClick={() => document.getElementById('content')?.focus()}
      className="sr-only focus:not-sr-only focus:absolute focus:top-1 focus:left-1 focus:z-50 focus:rounded-md focus:border focus:bg-raised focus:px-3 focus:py-1.5 focus:shadow-high"
    >
      Skip to the screen
    </button>
  );
}

function useWindowTitle(pathname: string): void {
  const title = useDeskValue((desk) => titleOf(faceOf(desk), placeAt(pathname)?.name ?? null));
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** A screen that was gone to has the focus on its heading, so that a reader says where one is. */
function useFocusOnArrival(): void {
  const router = useRouter();
  useEffect(() => {
    const arrived = ({ pathChanged, fromLocation }: { pathChanged: boolean; fromLocation?: unknown }) => {
      if (!pathChanged || fromLocation === undefined) return;
      const heading = document.querySelector<HTMLElement>('#content h1');
      const target = heading ?? document.getElementById('content');
      if (target === null) return;
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    };
    return router.subscribe('onRendered', arrived);
  }, [router]);
}

/** The tray, a notice or a `tel:` link asks the screen to go somewhere. It never dials. */
function useDesktopWishes(): void {
  const client = useClient();
  const router = useRouter();
  useEffect(() => {
    const stops = [
      client.app.goTo(({ path }) => router.history.push(path)),
      client.app.dialBox(({ text }) => {
        putInDialBox(text);
        void router.navigate({ to: '/dial' });
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, router]);
}
