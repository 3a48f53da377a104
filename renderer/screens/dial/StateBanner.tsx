import { Disc, MicOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContactCard, DeskView } from '../../../shared/contract/desk.ts';
import { Duration } from '../../ui/Duration.tsx';
import { StateShape } from '../../ui/StateShape.tsx';
import { useNowValue } from '../../ui/use-now.tsx';
import { cn } from '../../ui/cn.ts';
import { CallButtons } from './CallButtons.tsx';
import { secondsLeft } from './countdown.ts';
import {
  consultInWords,
  endInWords,
  hasCallButtons,
  isOnTheLine,
  lineInWords,
  pickedUpBy,
  RECOVERED,
  SLEPT,
  type Session,
  shapeOf,
  TIME_RAN_OUT,
  timedFrom,
  wordFor,
} from './desk-face.ts';
import { QuietButtons } from './QuietButtons.tsx';
import { Region } from './Region.tsx';
import { TimesThere } from './TimesThere.tsx';
import type { PhoneNumber } from './use-number.ts';

interface StateBannerProps {
  desk: DeskView;
  session: Session;
  /** The number the main key would dial. */
  number: PhoneNumber | null;
}

/** What is going on, in word, shape, colour and time, and what can be done about it. */
export function StateBanner({ desk, session, number }: StateBannerProps) {
  const tone = shapeOf(session, desk.line);
  const inCall = hasCallButtons(session.state);
  return (
    <Region
      label="State"
      leavesFocus
      tone={tone}
      className={cn(
        'flex shrink-0 overflow-hidden border-b border-b-tone/30 bg-tone-tint',
        inCall ? 'min-h-24' : 'min-h-18',
      )}
    >
      <Plate desk={desk} session={session} />
      <div
        className={cn(
          'flex min-w-0 flex-1 px-4 py-1.5',
          inCall
            ? 'flex-col justify-between gap-1'
            : 'items-center gap-4 max-two:flex-col max-two:items-stretch max-two:gap-1',
        )}
      >
        <div className="flex min-w-0 flex-1 items-start justify-between gap-4">
          <div className="min-w-0">
            <p className="truncate text-lg font-semibold">{titleFor(desk, session)}</p>
            <Meta desk={desk} session={session} />
          </div>
          {inCall && desk.contact !== null && <TimesThere contact={desk.contact} className="pt-0.5" />}
        </div>
        {inCall ? (
          <CallButtons desk={desk} session={session} />
        ) : (
          <QuietButtons desk={desk} session={session} number={number} />
        )}
      </div>
    </Region>
  );
}

/** The state itself, filled with its colour. It is the one thing to be read from two metres away. */
function Plate({ desk, session }: { desk: DeskView; session: Session }) {
  const { state } = session;
  return (
    <div className="flex w-40 shrink-0 flex-col justify-center gap-0.5 bg-tone px-4 text-on-tone three:w-44">
      <p className="flex items-center gap-2 font-semibold whitespace-nowrap">
        <StateShape state={shapeOf(session, desk.line)} className="size-[1.15em]" />
        {wordFor(session, desk.line)}
      </p>
      {state.kind === 'previewing' && state.dialAt !== null ? (
        <LeadIn dialAt={state.dialAt} />
      ) : (
        <Duration
          label={`${wordFor(session)} for`}
          startedAt={timedFrom(session, desk.call)}
          className="text-2xl font-semibold"
        />
      )}
    </div>
  );
}

function LeadIn({ dialAt }: { dialAt: number }) {
  const seconds = useNowValue((now) => secondsLeft(dialAt, now));
  return (
    <span className="text-2xl font-semibold">
      <span aria-hidden>in {seconds}</span>
      <span className="sr-only">Dials by itself in {seconds} seconds. P or X stops it.</span>
    </span>
  );
}

function titleFor(desk: DeskView, { state, campaign, pauseAfter }: Session): ReactNode {
  if (state.kind === 'paused') return pausedTitle(state.reason);
  const who = desk.contact?.name ?? desk.call?.number;
  if (who === undefined) return campaign;
  const company = desk.contact?.company ?? '';
  return (
    <>
      {who}
      {company !== '' && <span className="font-normal text-muted"> · {company}</span>}
      {pauseAfter === RECOVERED && <span className="sr-only"> (recovered after a restart)</span>}
    </>
  );
}

function pausedTitle(reason: string): string {
  if (reason === RECOVERED) return 'Parley has restarted, and nothing is lost';
  if (reason === TIME_RAN_OUT) return 'Paused: the wrap-up time ran out';
  if (reason === SLEPT) return 'Paused: the computer went to sleep';
  return reason;
}

/** The second line: the call in facts. */
function Meta({ desk, session }: { desk: DeskView; session: Session }) {
  const { state } = session;
  const parts = partsFor(desk, session);
  return (
    <p className="flex min-w-0 items-center overflow-hidden text-sm whitespace-nowrap text-muted">
      {parts.map((part, index) => (
        <span
          key={part}
          className={cn('shrink-0 whitespace-pre', index === parts.length - 1 && 'shrink truncate')}
        >
          {index > 0 && <span aria-hidden>{parts[index - 1]!.endsWith('.') ? ' ' : ' · '}</span>}
          {part}
        </span>
      ))}
      {desk.call?.isRecorded === true && state.kind === 'connected' && (
        <Sign icon={<Disc aria-hidden />}>Recording</Sign>
      )}
      {desk.call?.isMuted === true && isOnTheLine(state) && (
        <Sign icon={<MicOff aria-hidden />}>You are muted</Sign>
      )}
    </p>
  );
}

function Sign({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className="flex shrink-0 items-center gap-1 pl-2.5 font-medium text-danger-text [&>svg]:size-[1.05em]">
      {icon}
      {children}
    </span>
  );
}

const MODE_WORD = { power: 'Power', preview: 'Preview' };

function partsFor(desk: DeskView, session: Session): string[] {
  const { state } = session;
  if (desk.line !== null) return [lineInWords(desk.line)];
  const { call, contact } = desk;
  const nth = call === null ? '' : attemptWords(call.nth, contact);
  switch (state.kind) {
    case 'ready':
      return [
        desk.waiting === null ? 'Looking for the next contact' : 'Nobody is in hand',
        MODE_WORD[session.mode],
      ];
    case 'paused':
      return [pausedWords(state.reason)];
    case 'previewing':
      return contact === null ? [] : [attemptWords(contact.attempts + 1, contact), session.campaign];
    case 'trouble':
      return [state.what, 'Nobody is dialed until that is clear, so nobody is rung twice.'];
    case 'wrap-up':
      return call === null
        ? []
        : [endInWords(call, state.transferredTo), pickedUpBy(call.answeredBy) ?? '', nth].filter(isSaid);
    default:
      return call === null
        ? []
        : [
            consultInWords(state) ?? '',
            pickedUpBy(call.answeredBy) ?? '',
            call.number,
            nth,
            session.campaign,
          ].filter(isSaid);
  }
}

function isSaid(words: string): boolean {
  return words !== '';
}

function attemptWords(nth: number, contact: ContactCard | null): string {
  if (nth < 1) return '';
  return contact === null ? `attempt ${nth}` : `attempt ${nth} of ${contact.attemptsMax}`;
}

function pausedWords(reason: string): string {
  if (reason === RECOVERED) return 'Nothing was rung meanwhile. Press Enter to go on when you are ready.';
  if (reason === TIME_RAN_OUT) return 'Nothing was filed in your name. Press Enter to go on.';
  return 'Nobody is rung while you are away. Press Enter to go on.';
}
