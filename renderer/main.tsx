import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { openClient } from './data/open-client.ts';
import { createDeskMirror } from './data/desk-mirror.ts';
import { openLine } from './data/line.ts';
import { createKernelClock } from './data/now.ts';
import { createQueries } from './data/queries.ts';
import { createParleyRouter } from './routes.tsx';
import './theme/tokens.css';

// The only place where the page's own clock is handed in.
const clock = createKernelClock(() => performance.now());
const line = openLine();
const client = openClient(line);
const parts = {
  line,
  client,
  clock,
  mirror: createDeskMirror(client.desk),
  queries: createQueries(),
  router: createParleyRouter(),
};

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App parts={parts} />
  </StrictMode>,
);
