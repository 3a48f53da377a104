import { app } from 'electron';
import { LINK_SCHEMES, dialText, linkIn } from '../link-text.ts';

/** Hears of links from the moment of the start; they wait until somebody can take them. */
export function hearLinks(first: string | null): { takenBy(take: (text: string) => void): void } {
  let take: ((text: string) => void) | null = null;
  let waiting: string | null = null;
  const hear = (link: string | null) => {
    const text = link === null ? null : dialText(link);
    if (text === null) return;
    if (take === null) waiting = text;
    else take(text);
  };
  hear(first);
  // macOS hands links over by event; everywhere else they are arguments of a second start.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    hear(url);
  });
  app.on('second-instance', (_event, argv) => hear(linkIn(argv)));
  return {
    takenBy(taker) {
      take = taker;
      if (waiting !== null) taker(waiting);
      waiting = null;
    },
  };
}

/** Says that Parley opens such links. Not for a Parley run from its sources: the next folder would be another. */
export function registerLinks(): void {
  if (!app.isPackaged) return;
  // On Windows `tel` takes the installer's registry entries as well; this call alone does nothing for it.
  for (const scheme of LINK_SCHEMES) app.setAsDefaultProtocolClient(scheme);
}
