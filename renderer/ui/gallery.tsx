// Every part in one place, to be looked at and to be run through axe. Not part of the product.
import { MoreHorizontal, Pause, Phone, Settings, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../theme/tokens.css';
import { CommandPalette } from '../keys/CommandPalette.tsx';
import { KeySheet } from '../keys/KeySheet.tsx';
import { KeysProvider, useKeys } from '../keys/KeysProvider.tsx';
import { applyDensity, applyTheme, DENSITIES, type Density, type Theme, THEMES } from '../theme/theme.ts';
import { Announcer, useAnnounce } from './Announcer.tsx';
import { Badge, StateBadge } from './Badge.tsx';
import { Banner } from './Banner.tsx';
import { Meter, ProgressBar } from './Bars.tsx';
import { Button } from './Button.tsx';
import { Checkbox, RadioGroup, SegmentedControl, Switch } from './Choices.tsx';
import { Combobox } from './Combobox.tsx';
import { AlertDialog, Dialog } from './Dialog.tsx';
import { Drawer } from './Drawer.tsx';
import { Duration, RelativeTime } from './Duration.tsx';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { IconButton } from './IconButton.tsx';
import { Menu } from './Menu.tsx';
import { NumberField } from './NumberField.tsx';
import { Popover } from './Popover.tsx';
import { Select } from './Select.tsx';
import { Skeleton } from './Skeleton.tsx';
import { STATES } from './StateShape.tsx';
import { type Sort, Table } from './Table.tsx';
import { Tabs } from './Tabs.tsx';
import { TextArea, TextField } from './TextField.tsx';
import { Toaster, useToasts } from './Toaster.tsx';
import { TooltipProvider } from './Tooltip.tsx';
import { NowProvider } from './use-now.tsx';

const BOOT_AT = performance.timeOrigin;
const now = () => performance.timeOrigin + performance.now();

function Gallery() {
  const [why, setWhy] = useState('');
  return (
    <NowProvider now={now}>
      <Announcer>
        <KeysProvider onBlocked={setWhy}>
          <TooltipProvider>
            <Toaster>
              <Page why={why} />
            </Toaster>
          </TooltipProvider>
        </KeysProvider>
      </Announcer>
    </NowProvider>
  );
}

function Page({ why }: { why: string }) {
  const [theme, setTheme] = useState<Theme>('system');
  const [density, setDensity] = useState<Density>('regular');
  const [open, setOpen] = useState<string | null>(null);
  const toasts = useToasts();
  const announce = useAnnounce();
  const opens = (name: string) => ({
    open: open === name,
    onOpenChange: (on: boolean) => setOpen(on ? name : null),
  });
  const show = (name: string) => () => setOpen(name);
  const toast = () => toasts.show({ text: 'No answer saved.', undo: () => announce('Taken back') });
  useKeys('global', [
    { id: 'palette', keys: 'mod+k', title: 'All commands', run: show('palette') },
    { id: 'keys', keys: '?', title: 'Keys', run: show('keys') },
    { id: 'go-dial', keys: 'g d', title: 'Go to Dial', run: () => announce('Dial') },
  ]);
  useKeys('call-state', [
    {
      id: 'hang-up',
      keys: ['h', 'ctrl+shift+h'],
      title: 'Hang up',
      run: toast,
      whyNot: 'Nothing to hang up.',
    },
    { id: 'save', keys: 's', title: 'Save outcome', run: toast },
  ]);
  return (
    <div className="flex h-full flex-col">
      <header>
        <Banner
          tone="practice"
          title="Practice: nobody is called."
          actions={<Button size="sm">Leave practice</Button>}
        >
          Every call here is made up.
        </Banner>
      </header>
      <div className="flex min-h-0 flex-1">
        <main className="min-w-0 flex-1 overflow-y-auto p-4">
          <header className="mb-4 flex flex-wrap items-center gap-3">
            <h1 className="flex-1 text-xl font-semibold">Parts</h1>
            <SegmentedControl
              label="Theme"
              value={theme}
              onChange={(next) => (applyTheme(next), setTheme(next))}
              options={THEMES.map((value) => ({ value, label: value }))}
            />
            <SegmentedControl
              label="Density"
              value={density}
              onChange={(next) => (applyDensity(next), setDensity(next))}
              options={DENSITIES.map((value) => ({ value, label: value }))}
            />
          </header>
          <div className="grid grid-cols-1 gap-x-8 gap-y-5 two:grid-cols-2 three:grid-cols-3">
            <Buttons show={show} toast={toast} />
            <States />
            <Fields />
            <Toggles />
            <Tables />
            <Waiting />
          </div>
        </main>
        <Drawer {...opens('beside')} title="Call of 18 Nov" width={360}>
          <p className="p-4">The list stays in reach.</p>
        </Drawer>
      </div>
      <footer className="flex h-(--status-bar) items-center gap-4 border-t bg-sunken px-3 text-sm text-muted">
        <StateBadge state="ready" word="Simulated carrier" />
        <output className="flex-1">{why}</output>
        <Duration startedAt={BOOT_AT} label="Open for" />
      </footer>
      <Overlays opens={opens} />
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2.5">
      <h2 className="border-b pb-1 text-sm font-semibold text-muted">{title}</h2>
      {children}
    </section>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>;
}

const menuSections = [
  {
    items: [
      { label: 'Rename', run: () => undefined, shortcut: 'e', icon: <Settings /> },
      {
        label: 'Pause campaign',
        run: () => undefined,
        icon: <Pause />,
        disabledReason: 'It is not running.',
      },
    ],
  },
  { title: 'Columns', items: [{ label: 'Length', run: () => undefined, checked: true }] },
  { items: [{ label: 'Delete…', run: () => undefined, danger: true, icon: <Trash2 /> }] },
];

function Buttons({ show, toast }: { show: (name: string) => () => void; toast: () => void }) {
  return (
    <Section title="Buttons and what they open">
      <Line>
        <Button variant="primary" icon={<Phone />} shortcut="enter">
          Dial mobile ·0187
        </Button>
        <Button shortcut="m">Mute</Button>
        <Button variant="ghost" shortcut="n">
          Notes
        </Button>
        <Button variant="danger" shortcut="h">
          Hang up
        </Button>
      </Line>
      <Line>
        <Button variant="primary" disabledReason="No microphone is connected." shortcut="enter">
          Start
        </Button>
        <Button size="sm">Small</Button>
        <Button size="lg" variant="primary">
          Large
        </Button>
        <IconButton label="Settings" icon={<Settings />} shortcut="g s" />
        <Menu
          trigger={<IconButton label="More" icon={<MoreHorizontal />} variant="secondary" />}
          sections={menuSections}
        />
        <Popover trigger={<Button>Why this order?</Button>} title="Why this order">
          <p className="text-muted">Callbacks first, then whoever has waited longest.</p>
        </Popover>
      </Line>
      <Line>
        <Button onClick={show('dialog')}>Dialog</Button>
        <Button onClick={show('alert')}>Alert</Button>
        <Button onClick={show('beside')}>Beside</Button>
        <Button onClick={show('over')}>Over</Button>
        <Button onClick={show('palette')} shortcut="mod+k">
          Palette
        </Button>
        <Button onClick={show('keys')} shortcut="?">
          Keys
        </Button>
        <Button onClick={toast}>Toast</Button>
      </Line>
    </Section>
  );
}

function States() {
  return (
    <Section title="States and badges">
      <div className="grid grid-cols-3 gap-x-3 gap-y-1.5">
        {STATES.map((state) => (
          <StateBadge key={state} state={state} look="plain" />
        ))}
        {STATES.map((state) => (
          <span key={state}>
            <StateBadge state={state} look="tint" />
          </span>
        ))}
        {STATES.slice(0, 9).map((state) => (
          <span key={state}>
            <StateBadge state={state} look="filled" />
          </span>
        ))}
      </div>
      <Line>
        <Badge>mobile</Badge>
        <Badge tone="accent">new</Badge>
        <Badge tone="good">consent</Badge>
        <Badge tone="warn">15 min left</Badge>
        <Badge tone="bad">do not call</Badge>
        <RelativeTime at={BOOT_AT - 7 * 60_000} />
      </Line>
    </Section>
  );
}

const zones = [
  { value: 'pacific', label: 'Pacific', description: 'Portland, Seattle' },
  { value: 'mountain', label: 'Mountain' },
  { value: 'central', label: 'Central' },
  { value: 'eastern', label: 'Eastern', disabled: true },
];

function Fields() {
  const [name, setName] = useState('Spring renewals');
  const [note, setNote] = useState('');
  const [seconds, setSeconds] = useState<number | null>(45);
  const [zone, setZone] = useState<string | null>('pacific');
  const [found, setFound] = useState<string | null>(null);
  return (
    <Section title="Fields">
      <TextField label="Campaign" value={name} onChange={setName} description="Agents see this name." />
      <TextField
        label="Caller number"
        value="+1 555 01"
        onChange={() => undefined}
        error="That number is too short."
      />
      <div className="grid grid-cols-2 gap-3">
        <NumberField label="Wrap-up" value={seconds} onChange={setSeconds} unit="seconds" min={20} step={5} />
        <Select label="Zone" value={zone} onChange={setZone} options={zones} />
      </div>
      <Combobox label="Person" value={found} onChange={setFound} options={zones} />
      <TextArea label="Notes" value={note} onChange={setNote} placeholder="What was said" />
    </Section>
  );
}

function Toggles() {
  const [on, setOn] = useState(true);
  const [mode, setMode] = useState('power');
  const [tab, setTab] = useState('live');
  return (
    <Section title="Choices and tabs">
      <Checkbox
        label="Record calls"
        checked={on}
        onChange={setOn}
        description="Only where consent allows it."
      />
      <Checkbox label="Some of 12 lists" checked={false} mixed onChange={() => undefined} />
      <Switch label="Single-letter keys" checked={on} onChange={setOn} />
      <Switch label="Sound on connect" checked={!on} onChange={(next) => setOn(!next)} />
      <RadioGroup
        label="Pace"
        value={mode}
        onChange={setMode}
        options={[
          { value: 'preview', label: 'Preview', description: 'You look, then press Enter.' },
          { value: 'power', label: 'Power', description: 'The next call starts by itself.' },
        ]}
      />
      <Tabs
        label="Campaign"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'live', label: 'Live', extra: <Badge>4</Badge>, panel: 'Two lines ringing.' },
          { value: 'why', label: 'Why not called', panel: 'Outside hours: 1,204.' },
        ]}
      />
    </Section>
  );
}

const calls = [
  { id: '1', time: '09:14', who: 'Maria Lopez', outcome: 'Sale', length: '02:14' },
  { id: '2', time: '09:11', who: 'Omar Kim', outcome: 'No answer', length: '00:24' },
  { id: '3', time: '09:02', who: 'Ben Çelik', outcome: 'Callback tomorrow 9:00', length: '11:08' },
];

function Tables() {
  const [sort, setSort] = useState<Sort>({ key: 'time', direction: 'descending' });
  const [openKey, setOpenKey] = useState<string | null>('2');
  return (
    <Section title="Table">
      <Table
        caption="Latest calls"
        rows={calls}
        rowKey={(call) => call.id}
        sort={sort}
        onSort={setSort}
        onOpen={(call) => setOpenKey(call.id)}
        openKey={openKey}
        columns={[
          { key: 'time', header: 'Time', width: '5rem', sortable: true, cell: (call) => call.time },
          { key: 'who', header: 'Contact', cell: (call) => call.who },
          { key: 'outcome', header: 'Outcome', cell: (call) => call.outcome },
          {
            key: 'length',
            header: 'Length',
            width: '5rem',
            align: 'right',
            sortable: true,
            cell: (call) => call.length,
          },
        ]}
      />
      <EmptyState
        sentence="No calls match. The filter outcome:sale removed most of them."
        action={{ label: 'Drop that filter', run: () => undefined, shortcut: 'mod+backspace' }}
      />
    </Section>
  );
}

function Waiting() {
  return (
    <Section title="Waiting and trouble">
      <ProgressBar label="Importing march.csv" value={0.42} valueText="412,000 of 1,000,000 rows" />
      <ProgressBar label="Counting" value={null} />
      <Meter label="Abandoned" value={2.1} max={5} mark={3} valueText="2.1 % of 3 %" tone="warn" />
      <Skeleton label="Loading calls" rows={3} />
      <ErrorState
        what="The list could not be read."
        safe="Nothing was changed."
        next="Close other programs that use the file, then try again."
        code="READ-12"
        details="row 4"
        action={{ label: 'Try again', run: () => undefined }}
      />
    </Section>
  );
}

const commands = [
  { id: 'dial', title: 'Go to Dial', group: 'Go to', keys: 'g d', run: () => undefined },
  { id: 'calls', title: 'Go to Calls', group: 'Go to', keys: 'g l', run: () => undefined },
  { id: 'campaigns', title: 'Go to Campaigns', group: 'Go to', keys: 'g c', run: () => undefined },
  {
    id: 'hang-up',
    title: 'Hang up',
    group: 'Call',
    keys: 'h',
    run: () => undefined,
    disabledReason: 'Nothing to hang up.',
  },
  { id: 'mute', title: 'Mute', group: 'Call', keys: 'm', run: () => undefined },
  {
    id: 'dark',
    title: 'Use the dark theme',
    group: 'Settings',
    keywords: ['appearance', 'night'],
    run: () => undefined,
  },
  { id: 'dense', title: 'Use compact rows', group: 'Settings', keywords: ['density'], run: () => undefined },
];

type Opens = (name: string) => { open: boolean; onOpenChange: (open: boolean) => void };

function Overlays({ opens }: { opens: Opens }) {
  const [reason, setReason] = useState('');
  const close = () => opens('').onOpenChange(false);
  return (
    <>
      <Dialog
        {...opens('dialog')}
        title="Skip this contact"
        description="They come back tomorrow."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" shortcut="mod+enter" onClick={close}>
              Skip
            </Button>
          </>
        }
      >
        <TextField label="Reason" value={reason} onChange={setReason} />
      </Dialog>
      <AlertDialog
        {...opens('alert')}
        title="Delete the list “March”?"
        body="1,204 contacts leave the workspace. Their calls stay."
        confirmLabel="Delete list"
        danger
        onConfirm={() => undefined}
      />
      <Drawer {...opens('over')} place="over" title="Raw events" width={420}>
        <p className="p-4 text-muted">Nothing yet.</p>
      </Drawer>
      <CommandPalette {...opens('palette')} commands={commands} />
      <KeySheet {...opens('keys')} />
    </>
  );
}

createRoot(document.getElementById('root')!).render(<Gallery />);
