import { openApi } from '../openapi.ts';
import { WebhookEvent } from '../shapes/voipstudio.ts';
import { type Leg, isLive } from './leg.ts';
import { type VoipStudio, officeDate } from './office.ts';

/** Tells every address of the dashboard. Nothing is signed; a name and password may stand in the address. */
export function tell(studio: VoipStudio, leg: Leg, name: string): void {
  const { world, office } = studio;
  if (office.webhooks.length === 0) return;
  const event = eventOf(studio, leg, name);
  const about = { carrier: 'voipstudio', by: 'hook', where: name } as const;
  world.violations.check(event, WebhookEvent, about);
  for (const what of openApi()?.schemaFaults('voipstudio', 'WebhookEvent', event) ?? [])
    world.violations.add({ ...about, against: 'openapi', what });
  for (const address of office.webhooks) {
    const url = new URL(address);
    const basic = Buffer.from(
      `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`,
    ).toString('base64');
    const hasName = url.username !== '';
    url.username = '';
    url.password = '';
    world.hooks.send({
      carrier: 'voipstudio',
      kind: name,
      callRef: String(leg.rootId),
      to: `+${leg.dst}`,
      url: url.href,
      method: 'POST',
      retry: { retriesMax: 0, isFor: () => false, pauseMs: () => 0, timeoutMs: 10_000 },
      letter: (isForged) => ({
        body: JSON.stringify(event),
        headers: {
          'content-type': 'application/json',
          ...(hasName && { authorization: `Basic ${isForged ? 'Zm9yZ2VkOmZvcmdlZA==' : basic}` }),
        },
      }),
    });
  }
}

function eventOf(studio: VoipStudio, leg: Leg, name: string): Record<string, unknown> {
  const now = studio.world.carrierNow();
  return {
    id: `ev-${leg.id}-${leg.state.toLowerCase()}-${now}`,
    event_time: officeDate(studio, now),
    event_name: name,
    call_id: leg.id,
    root_call_id: leg.rootId,
    state: leg.state,
    connected_at: leg.connectedAt === null ? null : officeDate(studio, leg.connectedAt),
    start_time: officeDate(studio, leg.startedAt),
    context: 'LOCAL_USER',
    destination: leg.kind === 'agent' ? 'in' : 'out',
    duration: leg.connectedAt === null ? 0 : Math.round((now - leg.connectedAt) / 1_000),
    src: leg.user.extension,
    src_id: leg.user.id,
    src_name: leg.user.name,
    src_hash: null,
    dst: leg.dst,
    dst_id: null,
    dst_name: '',
    final: !isLive(leg),
    terminated_by: leg.endedBy,
  };
}
