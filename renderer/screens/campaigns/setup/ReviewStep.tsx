import { counted } from '../../../data/words.ts';
import { FirstList } from '../FirstList.tsx';
import { Group } from '../form/Group.tsx';
import type { CampaignSheet } from '../kinds.ts';
import { Rehearsal } from '../Rehearsal.tsx';
import { campaignInSentences } from '../words.ts';

const FIRST = 20;

/** Everything in plain sentences, and who would be rung first. */
export function ReviewStep({ sheet }: { sheet: CampaignSheet }) {
  return (
    <div>
      <Group title="In plain words">
        <ul className="flex max-w-[68ch] list-disc flex-col gap-1 pl-5">
          <li>
            {sheet.contacts === 0
              ? 'Nobody is in this campaign yet.'
              : `${counted(sheet.contacts, 'contact')} from ${sheet.sources.map(({ name }) => name).join(', ')}.`}
          </li>
          {campaignInSentences(sheet).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Group>
      <Group
        title="Who is rung first"
        about="By the same queue and the same rules that will dial, once it is started."
      >
        <FirstList id={sheet.id} count={FIRST} />
      </Group>
      <Rehearsal id={sheet.id} />
    </div>
  );
}
