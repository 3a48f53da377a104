import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { Hello } from '../../shared/contract/app.ts';
import { useAppearance } from '../data/appearance.ts';
import { useDeskMirror, useMirrored } from '../data/desk.ts';
import { HELLO, useHelloQuery } from '../data/hello.ts';
import { useSync } from '../data/sync.ts';
import { WelcomeScreen } from '../screens/welcome/WelcomeScreen.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { LineBanner } from './LineBanner.tsx';
import { LockScreen } from './LockScreen.tsx';
import { SignInScreen } from './SignInScreen.tsx';

/** Lets nobody further than they may go: no workspace, nobody signed in, locked, and only then the frame. */
export function Gate({ children }: { children: ReactNode }) {
  const { data: hello, error, refetch } = useHelloQuery();
  useSync();
  useAppearance(hello?.preferences);
  useFreshFor(hello);
  return (
    <div className="flex h-dvh flex-col">
      <LineBanner />
      {hello !== undefined ? (
        <Doors hello={hello}>{children}</Doors>
      ) : error === null ? (
        <Plain>
          <p className="appear-late p-8 text-muted">Opening Parley…</p>
        </Plain>
      ) : (
        <Trouble sentence={error.message} onRetry={() => void refetch()} />
      )}
    </div>
  );
}

function Doors({ hello, children }: { hello: Hello; children: ReactNode }) {
  if (hello.workspace === null) return <WelcomeScreen />;
  if (hello.me === null) return <SignInScreen workspace={hello.workspace.name} />;
  if (hello.isLocked) return <LockScreen me={hello.me} workspace={hello.workspace.name} />;
  return <DeskDoor>{children}</DeskDoor>;
}

function DeskDoor({ children }: { children: ReactNode }) {
  const mirror = useDeskMirror();
  const { view, trouble } = useMirrored();
  useEffect(() => {
    if (view === null) void mirror.refresh();
  }, [mirror, view]);
  if (view !== null) return children;
  if (trouble !== null) return <Trouble sentence={trouble.sentence} onRetry={() => void mirror.refresh()} />;
  return (
    <Plain>
      <p className="appear-late p-8 text-muted">Opening your desk…</p>
    </Plain>
  );
}

/** What one person was shown in one workspace is never shown to the next. */
function useFreshFor(hello: Hello | undefined): void {
  const queries = useQueryClient();
  const mirror = useDeskMirror();
  const who = hello === undefined ? null : `${hello.workspace?.id ?? ''}/${hello.me?.id ?? ''}`;
  const before = useRef(who);
  // Before other effects, so that the desk door asks for the new desk after the old one was forgotten.
  useLayoutEffect(() => {
    if (before.current !== null && before.current !== who) {
      mirror.forget();
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== HELLO[0] });
    }
    before.current = who;
  }, [who, queries, mirror]);
}

function Trouble({ sentence, onRetry }: { sentence: string; onRetry: () => void }) {
  return (
    <Plain>
      <h1 className="px-4 pt-8 text-xl font-semibold">Parley cannot show its desk yet</h1>
      <ErrorState
        what={sentence}
        safe="What was saved before is safe, and no call is started meanwhile."
        next="It is asked again as soon as the engine answers. You can also try now."
        action={{ label: 'Try again', run: onRetry }}
      />
    </Plain>
  );
}

function Plain({ children }: { children: ReactNode }) {
  return <main className="mx-auto w-full max-w-[40rem] flex-1">{children}</main>;
}
