import { useEffect, useRef, useState } from 'react';
import type { WebCall } from '../../../../shared/contract/assistants.ts';
import { ASSISTANT_PAGE } from '../../../../shared/contract/pages.ts';
import { useClient } from '../../../data/client.tsx';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import type { FromAssistantPage, ToAssistantPage } from '../../../phone/assistant-call.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';

interface AssistantTestCallProps {
  campaignId: number;
  assistant: string;
}

/** Lets whoever sets a campaign up talk to its assistant, before anybody else has to. */
export function AssistantTestCall({ campaignId, assistant }: AssistantTestCallProps) {
  const { assistants } = useClient();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [call, setCall] = useState<WebCall | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const begin = async () => {
    const answer = await assistants.webCall({ campaignId, assistant });
    setRefusal(answer.ok ? null : answer.error.sentence);
    if (answer.ok) setCall(answer.value);
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="sm" disabledReason={notAllowed} onClick={() => void begin()}>
        Talk to it yourself…
      </Button>
      {refusal !== null && (
        <p role="alert" className="text-sm text-danger-text">
          {refusal}
        </p>
      )}
      {call !== null && <Talk call={call} onClose={() => setCall(null)} />}
    </div>
  );
}

type Line = Extract<FromAssistantPage, { kind: 'said' }>;

function Talk({ call, onClose }: { call: WebCall; onClose: () => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [state, setState] = useState('The call begins. Allow the microphone where you are asked.');
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [isOver, setOver] = useState(false);
  const post = (message: ToAssistantPage) =>
    frame.current?.contentWindow?.postMessage(message, window.location.origin);
  useEffect(() => {
    const heard = ({ data, origin, source }: MessageEvent<FromAssistantPage>) => {
      const page = frame.current?.contentWindow;
      if (origin !== window.location.origin || page == null || source !== page) return;
      switch (data.kind) {
        case 'ready':
          return page.postMessage({ kind: 'start', ...call } satisfies ToAssistantPage, origin);
        case 'talking':
          return setState('You are talking with the assistant.');
        case 'said':
          return setLines((before) => [...before, data]);
        case 'over':
          setOver(true);
          return setState(data.trouble ?? 'The call is over.');
      }
    };
    window.addEventListener('message', heard);
    return () => window.removeEventListener('message', heard);
  }, [call]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="A test call with the assistant"
      description="It costs what a web call costs, rings nobody, and counts nowhere. Its engine is loaded from daily.co."
      footer={
        <>
          {!isOver && <Button onClick={() => post({ kind: 'end' })}>Hang up</Button>}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <output className="mb-2 block">{state}</output>
      <ol aria-label="What was said" className="flex flex-col gap-1.5">
        {lines.map(({ by, words }, nth) => (
          <li key={nth}>
            <span className="text-muted">{by === 'you' ? 'You: ' : 'Assistant: '}</span>
            {words}
          </li>
        ))}
      </ol>
      <iframe ref={frame} src={ASSISTANT_PAGE} allow="microphone; autoplay" title="The test call" hidden />
    </Dialog>
  );
}
