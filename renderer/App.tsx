import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ParleyClient } from '../shared/contract/contract.ts';
import { ClientProvider } from './data/client.tsx';
import { DeskContext } from './data/desk.ts';
import type { DeskMirror } from './data/desk-mirror.ts';
import { useHelloQuery } from './data/hello.ts';
import type { OpenLine } from './data/line.ts';
import { useTell } from './data/message.ts';
import { ClockContext, type KernelClock } from './data/now.ts';
import { USUAL_PREFERENCES } from '../shared/domain/preferences.ts';
import { KeysProvider } from './keys/KeysProvider.tsx';
import type { createParleyRouter } from './routes.tsx';
import { Announcer } from './ui/Announcer.tsx';
import { Toaster } from './ui/Toaster.tsx';
import { TooltipProvider } from './ui/Tooltip.tsx';
import { NowProvider } from './ui/use-now.tsx';

export interface AppParts {
  readonly line: OpenLine;
  readonly client: ParleyClient;
  readonly mirror: DeskMirror;
  readonly clock: KernelClock;
  readonly queries: QueryClient;
  readonly router: ReturnType<typeof createParleyRouter>;
}

/** Everything the screens lean on, put around them once. */
export function App({ parts }: { parts: AppParts }) {
  return (
    <Data parts={parts}>
      <NowProvider now={parts.clock.now}>
        <Announcer>
          <Keys>
            <TooltipProvider>
              <Toaster>
                <RouterProvider router={parts.router} />
              </Toaster>
            </TooltipProvider>
          </Keys>
        </Announcer>
      </NowProvider>
    </Data>
  );
}

function Data({ parts, children }: { parts: AppParts; children: ReactNode }) {
  return (
    <ClockContext value={parts.clock}>
      <QueryClientProvider client={parts.queries}>
        <ClientProvider client={parts.client} line={parts.line}>
          <DeskContext value={parts.mirror}>{children}</DeskContext>
        </ClientProvider>
      </QueryClientProvider>
    </ClockContext>
  );
}

/** The keyboard obeys the person's own switch, and every key that does nothing says why. */
function Keys({ children }: { children: ReactNode }) {
  const tell = useTell();
  const { data: hello } = useHelloQuery();
  return (
    <KeysProvider
      lettersOn={hello?.preferences.singleKeys ?? true}
      rebound={hello?.preferences.rebound ?? USUAL_PREFERENCES.rebound}
      onBlocked={tell}
    >
      {children}
    </KeysProvider>
  );
}
