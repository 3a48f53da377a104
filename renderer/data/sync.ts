import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { DeskView } from '../../shared/contract/desk.ts';
import { useClient, useLineStatus } from './client.tsx';
import { useDeskMirror } from './desk.ts';
import { HELLO } from './hello.ts';

/** Keeps what is on screen true: pushes say what is stale, and after a lost line everything is. */
export function useSync(): void {
  const client = useClient();
  const queries = useQueryClient();
  const mirror = useDeskMirror();
  const { state } = useLineStatus();
  const wasLost = useRef(false);

  useEffect(() => mirror.follow(), [mirror]);

  useEffect(
    () =>
      mirror.subscribe(({ view }, before) => {
        if (turnOf(view) === turnOf(before.view)) return;
        for (const key of ['calls', 'campaigns']) void queries.invalidateQueries({ queryKey: [key] });
      }),
    [mirror, queries],
  );

  useEffect(() => {
    if (state === 'lost') wasLost.current = true;
    if (state !== 'up' || !wasLost.current) return;
    wasLost.current = false;
    void queries.invalidateQueries();
    if (mirror.getState().view !== null) void mirror.refresh();
  }, [state, queries, mirror]);

  useEffect(() => {
    const stops = [
      client.app.helloChanged(() => void queries.invalidateQueries({ queryKey: HELLO })),
      client.app.changed(({ changes }, gap) => {
        if (gap) void queries.invalidateQueries();
        else for (const { entity } of changes) invalidate(queries, entity);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, queries]);
}

/** What of a desk, when it turns, also turns the tables of calls and campaigns. */
function turnOf(view: DeskView | null): string {
  if (view === null) return '';
  const { session, call, undo } = view;
  return [session?.id, session?.state.kind, call?.attemptId, call?.endedAt, undo?.attemptId].join();
}

/** What else is drawn from an entity besides the lists that bear its name. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  enrolments: ['campaigns'],
  sessions: ['campaigns'],
  attempts: ['calls'],
  contacts: ['lists'],
  campaigns: ['audit'],
  people: ['audit'],
  schedules: ['audit'],
  recordings: ['calls'],
  meaning: ['followUps'],
};

function invalidate(queries: QueryClient, entity: string): void {
  for (const key of [entity, ...(ALSO[entity] ?? [])]) void queries.invalidateQueries({ queryKey: [key] });
}
