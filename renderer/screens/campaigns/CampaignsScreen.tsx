import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { counted, countText } from '../../data/words.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Screen } from '../../frame/Screen.tsx';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import type { CampaignRow } from './kinds.ts';
import { CampaignTable } from './list/CampaignTable.tsx';
import { NewCampaign } from './list/NewCampaign.tsx';
import { NoCampaigns } from './list/NoCampaigns.tsx';
import { useCampaignRows, useTemplates } from './queries.ts';

/** The campaigns of this workspace: how they stand, and what can be done to them. */
export function CampaignsScreen() {
  const campaigns = useCampaignRows();
  const templates = useTemplates().data ?? [];
  const { archived = false, making = false } = useSearch({ from: '/campaigns' });
  const navigate = useNavigate();
  const go = (search: { archived?: true; making?: true }) =>
    void navigate({ to: '/campaigns', search, replace: true });
  const kept = archived ? ({ archived: true } as const) : {};
  const onNew = () => go({ ...kept, making: true });
  return (
    <Screen title="Campaigns" note={<Note rows={campaigns.data} />} actions={<NewButton onNew={onNew} />}>
      <Loaded query={campaigns} label="Loading campaigns" what="The campaigns could not be read." rows={4}>
        {(rows) => {
          const put = rows.filter((row) => row.status === 'archived').length;
          const shown = archived ? rows : rows.filter((row) => row.status !== 'archived');
          return (
            <>
              {shown.length === 0 ? <NoCampaigns templates={templates} /> : <CampaignTable rows={shown} />}
              {put > 0 && (
                <Checkbox
                  className="px-5 py-3 text-muted"
                  label={`Show the archive, ${counted(put, 'campaign')}`}
                  checked={archived}
                  onChange={(on) => go(on ? { archived: true } : {})}
                />
              )}
            </>
          );
        }}
      </Loaded>
      {making && templates.length > 0 && <NewCampaign templates={templates} onClose={() => go(kept)} />}
    </Screen>
  );
}

function Note({ rows }: { rows: readonly CampaignRow[] | undefined }) {
  const shown = rows?.filter((row) => row.status !== 'archived') ?? [];
  if (shown.length === 0) return null;
  const active = shown.filter((row) => row.status === 'active').length;
  return `${counted(shown.length, 'campaign')}, ${active === 0 ? 'none' : countText(active)} running`;
}

function NewButton({ onNew }: { onNew: () => void }) {
  const notAllowed = useWhyNotAllowed('supervisor');
  const keys = ['n', 'alt+n'];
  useKeys('screen', [{ id: 'campaigns.new', keys, title: 'New campaign', run: onNew, whyNot: notAllowed }]);
  return (
    <Button variant="primary" icon={<Plus />} shortcut="n" disabledReason={notAllowed} onClick={onNew}>
      New campaign
    </Button>
  );
}
