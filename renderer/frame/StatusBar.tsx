import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Hello } from '../../shared/contract/app.ts';
import { useLineStatus } from '../data/client.tsx';
import { useConnection } from '../data/connection.ts';
import { useHello } from '../data/hello.ts';
import { showMessage, useMessage } from '../data/message.ts';
import { usePhone } from '../data/phone.ts';
import { timeText } from '../data/words.ts';
import { useDevices } from '../phone/device-store.ts';
import { MICROPHONE_SENTENCE, type MicrophoneState } from '../phone/devices.ts';
import { cn } from '../ui/cn.ts';
import { StateShape, type StateKind } from '../ui/StateShape.tsx';
import { useNow } from '../ui/use-now.tsx';
import { phoneInWords } from './phone-face.ts';
import { StandingSlot } from './StandingSlot.tsx';
import { TUNNEL_STATE, tunnelInWords } from './tunnel-face.ts';

const MESSAGE_MS = 12_000;

/** The line at the foot: what the app stands on, the last thing it had to say, and its clock. */
export function StatusBar() {
  const hello = useHello();
  return (
    <footer
      aria-label="Status"
      className="flex h-(--status-bar) shrink-0 items-center gap-4 overflow-hidden border-t bg-sunken px-3 text-sm whitespace-nowrap text-muted"
    >
      <CarrierSlot hello={hello} />
      <TunnelSlot />
      <EngineSlot />
      <PhoneSlot />
      <MicrophoneSlot hello={hello} />
      <StandingSlot />
      <ZonesSlot hello={hello} />
      <MessageSlot />
      <Clock speed={hello.speed} isPractice={hello.workspace?.kind === 'practice'} />
      <Slot isExtra>Parley {hello.version}</Slot>
    </footer>
  );
}

function Slot({ tone, shape, title, isExtra, children }: SlotProps) {
  return (
    <span
      data-tone={tone}
      title={title}
      className={cn('shrink-0 items-center gap-1.5', isExtra === true ? 'hidden three:flex' : 'flex')}
    >
      {shape !== undefined && <StateShape state={shape} className="size-[0.8em] text-tone" />}
      {children}
    </span>
  );
}

interface SlotProps {
  tone?: StateKind;
  shape?: StateKind;
  title?: string | undefined;
  /** Steps back where the window is narrow. */
  isExtra?: boolean;
  children: React.ReactNode;
}

const CARRIER: Readonly<Record<NonNullable<Hello['carrier']>['state'], StateKind>> = {
  ready: 'connected',
  'not-set-up': 'idle',
  'in-trouble': 'trouble',
};
const CARRIER_SHAPE: Readonly<Record<NonNullable<Hello['carrier']>['state'], StateKind>> = {
  ready: 'ready',
  'not-set-up': 'idle',
  'in-trouble': 'trouble',
};

function CarrierSlot({ hello: { carrier } }: { hello: Hello }) {
  const { state: line } = useLineStatus();
  if (line === 'lost')
    return (
      <Slot tone="idle" shape="idle">
        Carrier: not known
      </Slot>
    );
  if (carrier === null)
    return (
      <Slot tone="idle" shape="idle">
        No carrier
      </Slot>
    );
  const { name, state, sentence, isSimulated } = carrier;
  const word = state === 'in-trouble' ? 'in trouble' : state === 'not-set-up' ? 'not set up' : 'ready';
  return (
    <Slot tone={CARRIER[state]} shape={CARRIER_SHAPE[state]} title={sentence}>
      {isSimulated ? 'Simulated carrier' : name}: {word}
    </Slot>
  );
}

/** In two words; a click leads to the rest. */
function TunnelSlot() {
  const { data } = useConnection();
  const { state: line } = useLineStatus();
  if (data === undefined || line === 'lost') return null;
  const { state } = TUNNEL_STATE[data.state];
  const isTold = data.state === 'connecting' || data.state === 'down';
  return (
    <Slot isExtra={!isTold} title={data.sentence} {...(isTold ? { tone: state, shape: state } : {})}>
      <Link to="/settings" search={{ section: 'connection' }} className="rounded-sm hover:text-text">
        {tunnelInWords(data)}
      </Link>
    </Slot>
  );
}

function PhoneSlot() {
  const { data = null } = usePhone();
  const face = phoneInWords(data);
  if (face === null) return null;
  return (
    <Slot tone={face.shape} shape={face.shape} title={data?.sentence ?? undefined}>
      {face.text}
    </Slot>
  );
}

const MICROPHONE: Readonly<Record<MicrophoneState, string>> = {
  unknown: 'not asked for',
  granted: 'ready',
  refused: 'refused',
  none: 'none',
};

/** Where nobody listens anyway it would be one more thing to wonder about. */
function MicrophoneSlot({ hello: { workspace } }: { hello: Hello }) {
  const { microphone } = useDevices();
  if (workspace?.kind !== 'live') return null;
  return (
    <Slot isExtra title={MICROPHONE_SENTENCE[microphone]}>
      Microphone: {MICROPHONE[microphone]}
    </Slot>
  );
}

function EngineSlot() {
  const { state } = useLineStatus();
  if (state === 'up')
    return (
      <Slot tone="connected" shape="ready">
        Engine: here
      </Slot>
    );
  return (
    <Slot tone="trouble" shape="trouble">
      Engine: not answering
    </Slot>
  );
}

/** Only where the clocks are doubted: calls begin later and end earlier then, and whoever wonders finds it here. */
function ZonesSlot({ hello: { zones } }: { hello: Hello }) {
  if (zones.doubt === null) return null;
  return (
    <Slot tone="trouble" shape="trouble" title={zones.doubt}>
      Time zones: out of date, hours cut short
    </Slot>
  );
}

function MessageSlot() {
  const { text, nth } = useMessage();
  useEffect(() => {
    if (text === '') return undefined;
    const timer = setTimeout(() => showMessage(''), MESSAGE_MS);
    return () => clearTimeout(timer);
  }, [text, nth]);
  return (
    <span
      key={nth}
      data-testid="message"
      title={text}
      className="min-w-0 flex-1 truncate text-center font-medium text-text"
    >
      {text}
    </span>
  );
}

function Clock({ speed, isPractice }: { speed: number; isPractice: boolean }) {
  const now = useNow(60_000 / Math.max(1, Math.min(60, speed)));
  const title = isPractice
    ? 'Practice keeps office hours of its own, so this clock may differ from yours.'
    : undefined;
  return (
    <Slot title={title}>
      {isPractice && 'Practice clock '}
      <span className="tabular-nums text-text">{timeText(now)}</span>
      {speed !== 1 && <span>×{speed}</span>}
    </Slot>
  );
}
