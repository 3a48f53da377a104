import { createContext, type ReactNode, useContext, useState } from 'react';
import { type Announce, createAnnouncer, type Urgency } from './announcer.ts';

/** The newer way to speak, which some Chromium versions have and the DOM types do not. */
interface Notifies {
  ariaNotify?: (text: string, options: { priority: 'normal' | 'high' }) => void;
}

const AnnounceContext = createContext<Announce>(() => undefined);

/** Speaks to screen readers, once around the app. The regions are there from the start, as readers require. */
export function Announcer({ children }: { children: ReactNode }) {
  const [{ announce, holdPolite, holdAssertive }] = useState(createVoice);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div ref={holdPolite} aria-live="polite" aria-atomic className="sr-only" />
      <div ref={holdAssertive} aria-live="assertive" aria-atomic className="sr-only" />
    </AnnounceContext>
  );
}

function createVoice() {
  const regions: Record<Urgency, HTMLElement | null> = { polite: null, assertive: null };
  const announce = createAnnouncer({
    say: (text, urgency) => speak(text, urgency, regions[urgency]),
    later: (then, ms) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  const holds = (urgency: Urgency) => (element: HTMLElement | null) => {
    regions[urgency] = element;
  };
  return { announce, holdPolite: holds('polite'), holdAssertive: holds('assertive') };
}

/** `announce('Saved, No answer')`, `announce('Carrier lost', 'assertive')`. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

function speak(text: string, urgency: Urgency, region: HTMLElement | null): void {
  const page: Document & Notifies = document;
  if (page.ariaNotify !== undefined) {
    page.ariaNotify(text, { priority: urgency === 'assertive' ? 'high' : 'normal' });
    return;
  }
  if (region === null) return;
  // A region that does not change says nothing, so equal texts differ by a space that is not heard.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
