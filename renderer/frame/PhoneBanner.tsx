import { useEffect } from 'react';
import { usePhone } from '../data/phone.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import { Banner } from '../ui/Banner.tsx';
import { phoneTrouble } from './phone-face.ts';

/** What is the matter with the agent's own phone, and what to do about it. */
export function PhoneBanner() {
  const { data = null } = usePhone();
  const announce = useAnnounce();
  const trouble = phoneTrouble(data);
  const said = trouble === null ? '' : `${trouble.title} ${trouble.sentence}`;
  const isBad = trouble?.tone === 'bad';
  useEffect(() => {
    if (said !== '') announce(said, isBad ? 'assertive' : 'polite');
  }, [said, isBad, announce]);
  if (trouble === null) return null;
  return (
    <section aria-label="Phone">
      <Banner tone={trouble.tone} title={trouble.title}>
        {trouble.sentence}
      </Banner>
    </section>
  );
}
