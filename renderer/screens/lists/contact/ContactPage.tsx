import { useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { Phone } from 'lucide-react';
import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import { putInDialBox } from '../../../data/dial-box.ts';
import { exactText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Screen } from '../../../frame/Screen.tsx';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { ContactMeaning } from '../../meaning/ContactMeaning.tsx';
import { ContactMenu } from './ContactMenu.tsx';
import { Consents } from './Consents.tsx';
import { Details } from './Details.tsx';
import { Enrolments } from './Enrolments.tsx';
import { Journal } from './Journal.tsx';
import { Merges } from './Merges.tsx';
import { Numbers } from './Numbers.tsx';
import { useContactSheet } from './use-contact.ts';

/** One person: how to reach them, what is known, what they agreed to, and everything that happened. */
export function ContactPage() {
  const { id } = useParams({ from: '/lists/contact/$id' });
  const sheet = useContactSheet(id);
  if (sheet.data !== undefined) return <Page key={id} sheet={sheet.data} />;
  return (
    <Screen title="Contact" actions={<Back />}>
      <Loaded query={sheet} label="Loading the contact" what="This contact could not be read.">
        {() => null}
      </Loaded>
    </Screen>
  );
}

function Page({ sheet }: { sheet: ContactSheet }) {
  const { title, company, list, createdAt } = sheet;
  const note = [title, company].filter((each) => each !== '').join(', ');
  return (
    <Screen
      title={sheet.name}
      fixed
      note={note}
      actions={
        <>
          <Back />
          <RingButton sheet={sheet} />
          <ContactMenu sheet={sheet} />
        </>
      }
    >
      <div className="grid h-full min-h-0 grid-cols-1 overflow-y-auto two:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] two:overflow-hidden">
        <section
          aria-label="What is known"
          className="flex min-h-0 flex-col gap-6 px-5 py-4 focus-inset two:overflow-y-auto two:border-r"
        >
          <Numbers sheet={sheet} />
          <Details key={JSON.stringify(sheet.fields) + sheet.company + sheet.name} sheet={sheet} />
          <Consents sheet={sheet} />
          <ContactMeaning id={sheet.id} />
          <Enrolments sheet={sheet} />
          <Merges id={sheet.id} />
          <p className="text-sm text-muted">
            {list === '' ? 'On no list' : `On the list ${list}`}, here since {exactText(createdAt)}.
          </p>
        </section>
        <Journal id={sheet.id} />
      </div>
    </Screen>
  );
}

/** Back to the list as it was: its filter is in the address before this one. */
function Back() {
  const router = useRouter();
  const navigate = useNavigate();
  const back = () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: '/lists', search: {} });
  };
  useKeys('screen', [{ id: 'contact.back', keys: 'escape', title: 'Back to the list', run: back }]);
  return (
    <Button variant="ghost" shortcut="esc" onClick={back}>
      Back
    </Button>
  );
}

/** Fills the dial box on the desk. It never dials: that takes Enter there, under the same rules as every call. */
function RingButton({ sheet }: { sheet: ContactSheet }) {
  const navigate = useNavigate();
  const number = sheet.numbers.find(({ unusable }) => unusable === null);
  const whyNot = number === undefined ? 'There is no number that may be rung.' : null;
  const ring = () => {
    if (number === undefined) return;
    putInDialBox(number.e164);
    void navigate({ to: '/dial' });
  };
  useKeys('screen', [{ id: 'contact.ring', keys: 'r', title: 'Ring…', run: ring, whyNot }]);
  return (
    <Button variant="primary" icon={<Phone />} shortcut="r" disabledReason={whyNot} onClick={ring}>
      Ring…
    </Button>
  );
}
