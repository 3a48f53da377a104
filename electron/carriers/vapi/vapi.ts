import type { Clock } from '../../../shared/lib/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/lib/instants.ts';
import type { Account, Assistant } from '../account.ts';
import type {
  Capabilities,
  Carrier,
  Done,
  RecordedSound,
  Unreachable,
  Hearing,
  LiveWord,
} from '../carrier.ts';
import { openHealth } from '../health.ts';
import { fetchBytes } from '../http.ts';
import { openSoundOverHttp } from '../sound-over-http.ts';
import { type Directory, checkVapi, openDirectory, ownAssistant, ownNumbers } from './account.ts';
import { type VapiClient, type VapiPlace, vapiClient } from './client.ts';
import { type Monitor, controlAtVapi, monitorOf, safeUrl, tellVapi } from './control.ts';
import { hearCall } from './hear.ts';
import { fetchFromVapi, findAtVapi, historyAtVapi } from './look.ts';
import { type VapiHooks, placeAtVapi } from './place.ts';
import type { VapiCall } from './shapes.ts';

export interface VapiOptions extends VapiPlace {
  /** The private key of the account. */
  readonly key: string;
  readonly clock: Clock;
  /** Where Vapi may call us back; null where nothing reaches us and everything is asked for. */
  readonly hooks?: VapiHooks | null;
  /** The assistant that talks where a campaign names none. */
  readonly assistantId?: string | undefined;
  readonly voicemail?: string | undefined;
  readonly talkSecondsMax?: number | undefined;
  readonly callsPerSecond?: number;
  readonly requestsPerMinute?: number | undefined;
  readonly timeoutMs?: number;
  readonly trace?: (line: string) => void;
}

/** Vapi, and what only Vapi is asked for. */
export interface VapiCarrier extends Carrier, Account {
  assistants(): Promise<readonly Assistant[] | null>;
  /** Something that the assistant says or learns in the middle of a call. */
  tell(callRef: string, word: LiveWord): Promise<Done>;
  /** The sound of a call under way, as it is spoken. */
  hear(callRef: string, listener: Hearing): Promise<(() => void) | Done>;
}

const CAN: Capabilities = {
  hold: false,
  mute: true,
  tones: false,
  transfer: true,
  consult: false,
  monitor: false,
  voicemailDrop: false,
  machineDetection: true,
  recording: true,
  transcript: true,
  speaks: true,
  callsPerSecond: 2,
  certaintyMs: MINUTE_MS,
};

/** How many calls are remembered with where they are steered from; any other is looked up. */
const MONITORS_MAX = 500;
const SOUND_WAIT_MS = 30 * SECOND_MS;

export function vapiCarrier(options: VapiOptions): VapiCarrier {
  const { clock, hooks = null, assistantId = '', voicemail = '', callsPerSecond = 2 } = options;
  const health = openHealth(clock, () => client.get('/phone-number', { limit: '1' }));
  const client: VapiClient = vapiClient({ ...options, health });
  const directory: Directory = openDirectory(client, clock);
  const monitors = new Map<string, Monitor>();
  const control = { client, monitors };
  const remember = ({ id, monitor, status }: VapiCall) => {
    monitors.delete(id);
    const controlUrl = safeUrl(monitor?.controlUrl);
    monitors.set(id, { controlUrl, listenUrl: safeUrl(monitor?.listenUrl), isOver: status === 'ended' });
    for (const old of monitors.keys()) if (monitors.size > MONITORS_MAX) monitors.delete(old);
  };
  const parts = {
    client,
    clock,
    directory,
    hooks,
    assistantId,
    voicemail: voicemail || null,
    talkSecondsMax: options.talkSecondsMax ?? null,
    placed: remember,
  };

  return {
    name: 'vapi',
    can: { ...CAN, callsPerSecond },
    readiness: () => health.readiness(),
    place: (request, signal) => placeAtVapi(parts, request, signal),
    find: (attempt) => findAtVapi(client, attempt),
    fetch: (callRef) => fetchFromVapi(client, clock, callRef, remember),
    control: (callRef, action) => controlAtVapi(control, callRef, action),
    history: (range, cursor) => historyAtVapi(client, clock, range, cursor),
    recording: (recordingRef) => soundOf(client, recordingRef),
    openRecording: async (recordingRef, part) => {
      const address = await soundAddress(client, recordingRef);
      return address === null || 'kind' in address ? address : openSoundOverHttp(address, part);
    },
    // What Vapi tells by itself comes through the relay.
    listen: () => () => {},
    async close() {
      health.close();
    },
    check: () => checkVapi(client),
    async numbers() {
      const found = await directory.numbers();
      return found === null ? null : ownNumbers(found);
    },
    balance: async () => null,
    lastWellAt: () => health.lastWellAt(),
    async assistants() {
      return (await directory.assistants())?.map(ownAssistant) ?? null;
    },
    tell: (callRef, word) => tellVapi(control, callRef, word),
    async hear(callRef, listener) {
      const monitor = await monitorOf(control, callRef);
      if ('kind' in monitor) return monitor;
      if (monitor.isOver) return { kind: 'gone' };
      return monitor.listenUrl === null ? NOT_HEARD : hearCall(monitor.listenUrl, listener);
    },
  };
}

const NOT_HEARD: Done = {
  kind: 'cannot',
  sentence: 'This call cannot be listened to: the assistant at Vapi is set up without listening.',
};

const REF = /^[\w-]+\/(stereo|mono)-recording$/;

/** Vapi sends us on to where the sound lies. Our key is good for Vapi alone, and stays behind. */
async function soundAddress(client: VapiClient, ref: string) {
  if (!REF.test(ref)) return null;
  const { url, headers } = client.at(`/call/${ref}`);
  try {
    const answer = await fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(SOUND_WAIT_MS),
    });
    await answer.body?.cancel();
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.ok) return { url, headers, waitMs: SOUND_WAIT_MS };
    const onwards = safeUrl(URL.parse(answer.headers.get('location') ?? '', url)?.href);
    if (answer.status >= 300 && answer.status < 400 && onwards !== null)
      return { url: onwards, headers: {}, waitMs: SOUND_WAIT_MS };
    return later(`It answered ${answer.status}.`);
  } catch {
    return later('It cannot be reached.');
  }
}

function later(why: string): Unreachable {
  return {
    kind: 'unreachable',
    sentence: `Vapi does not hand out this recording now. ${why} It is fetched later.`,
  };
}

async function soundOf(client: VapiClient, ref: string): Promise<RecordedSound | null | Unreachable> {
  const address = await soundAddress(client, ref);
  if (address === null || 'kind' in address) return address;
  const { url, headers } = address;
  const sound = await fetchBytes({ method: 'GET', url, headers, timeoutMs: 4 * SOUND_WAIT_MS });
  if (sound === null) return later('The connection broke.');
  if (sound.status === 404) return null;
  if (sound.status !== 200) return later(`It answered ${sound.status}.`);
  const isMp3 = /mpeg|mp3/.test(sound.mime);
  return { kind: 'sound', mime: isMp3 ? 'audio/mpeg' : 'audio/wav', bytes: sound.bytes };
}
