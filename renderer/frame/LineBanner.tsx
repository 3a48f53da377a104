import { useEffect } from 'react';
import { useLineStatus } from '../data/client.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { Banner } from '../ui/Banner.tsx';

/** After this many tries in vain it is likelier that Parley was closed than that it stumbled. */
const FAILURES_MANY = 4;

/** Says that the engine is gone, what that means, and when it is time to do something. */
export function LineBanner() {
  const { state, failures } = useLineStatus();
  const announce = useAnnounce();
  const isLost = state === 'lost';
  useEffect(() => {
    if (isLost) announce('Parley’s engine is not answering. What was saved is safe.', 'assertive');
  }, [isLost, announce]);
  if (!isLost) return null;
  return (
    <section aria-label="Engine">
      <Banner tone="bad" title="Parley’s engine is not answering.">
        {failures < FAILURES_MANY
          ? 'What was saved is safe. It is being asked again by itself.'
          : 'What was saved is safe. If Parley was closed, start it again and open the new link it prints; this page keeps trying too.'}
      </Banner>
    </section>
  );
}
