import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Screen } from '../../../frame/Screen.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { ActButtons } from '../ActButtons.tsx';
import { BackToList } from '../BackToList.tsx';
import type { CampaignSheet } from '../kinds.ts';
import { useSheet } from '../queries.ts';
import { type CampaignDraft, useDraft } from '../use-draft.ts';
import { useWhyNots } from '../why-not.ts';
import { MODE, STATUS } from '../words.ts';
import { LiveTab } from './LiveTab.tsx';
import { Overview } from './Overview.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import { RulesTab } from './RulesTab.tsx';
import { ScriptTab } from './ScriptTab.tsx';
import { CAMPAIGN_TABS, type CampaignTab, TAB } from './tabs.ts';
import { WhyTab } from './WhyTab.tsx';

/** One campaign: how it stands, what it does now, whom it does not call, and by which rules. */
export function CampaignPage() {
  const { id } = useParams({ from: '/campaigns/$id' });
  const sheet = useSheet(id);
  if (sheet.data !== undefined) return <Page key={id} sheet={sheet.data} />;
  return (
    <Screen title="Campaign" actions={<BackToList />}>
      <Loaded query={sheet} label="Loading the campaign" what="This campaign could not be read.">
        {() => null}
      </Loaded>
    </Screen>
  );
}

function Page({ sheet }: { sheet: CampaignSheet }) {
  const { tab = 'overview' } = useSearch({ from: '/campaigns/$id' });
  const navigate = useNavigate();
  const draft = useDraft(sheet);
  const why = useWhyNots(sheet);
  const show = (next: CampaignTab) =>
    void navigate({ to: '/campaigns/$id', params: { id: sheet.id }, search: { tab: next }, replace: true });
  return (
    <Screen
      title={sheet.name}
      fixed
      note={
        <span className="flex items-center gap-2">
          <Badge tone={STATUS[sheet.status].tone}>{STATUS[sheet.status].word}</Badge>
          {MODE[sheet.mode]}
        </span>
      }
      actions={
        <>
          <BackToList />
          <ActButtons campaign={sheet} onGone={() => void navigate({ to: '/campaigns', search: {} })} />
        </>
      }
    >
      <Tabs
        label={sheet.name}
        className="h-full [&>[role=tablist]]:shrink-0 [&>[role=tablist]]:px-5 [&>[role=tabpanel]]:pt-0"
        value={tab}
        onChange={show}
        tabs={CAMPAIGN_TABS.map((value) => ({
          value,
          label: TAB[value],
          extra: value === whereEdits(draft) && <Badge tone="warn">Not saved</Badge>,
          panel: (
            <>
              <h2 className="sr-only">{TAB[value]}</h2>
              {panelFor(value, draft, why.change)}
            </>
          ),
        }))}
      />
    </Screen>
  );
}

/** The tab where unsaved changes wait. */
function whereEdits({ edits, isDirty }: CampaignDraft): CampaignTab | null {
  if (!isDirty) return null;
  return edits.script !== undefined && edits.rules === undefined && edits.mode === undefined
    ? 'script'
    : 'rules';
}

function panelFor(tab: CampaignTab, draft: CampaignDraft, whyNot: string | null): ReactNode {
  const { id } = draft.shown;
  switch (tab) {
    case 'overview':
      return <Overview sheet={draft.shown} />;
    case 'live':
      return <LiveTab id={id} />;
    case 'why':
      return <WhyTab id={id} />;
    case 'people':
      return <PeopleTab sheet={draft.shown} whyNot={whyNot} />;
    case 'script':
      return <ScriptTab draft={draft} whyNot={whyNot} />;
    case 'rules':
      return <RulesTab draft={draft} whyNot={whyNot} />;
  }
}
