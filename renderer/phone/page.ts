import { openClient } from '../data/open-client.ts';
import { createDeskMirror } from '../data/desk-mirror.ts';
import { openLine } from '../data/line.ts';
import { followDevices } from './device-store.ts';
import { openEar } from './ear.ts';
import { holdTheOnePhone } from './one-phone.ts';
import { phoneWithoutMe } from './own-window.ts';
import { runPhone } from './run-phone.ts';
import { twilioDevice } from './voice-device.ts';

// The page of the phone: a window of its own on the desktop, a frame in the screen's page or a window beside it in a
// browser. It shows nothing but a sentence, so that a reload of the screen has nothing to take along.

const line = openLine();
const client = openClient(line);
const isOwnWindow = window.parent === window;

document.getElementById('said')!.textContent = isOwnWindow
  ? 'This window is your phone. Leave it open while you work; closing it hangs up. Click here once, so that the browser lets sound out.'
  : '';

followDevices();
// A window of its own outranks the frame of a screen, which takes over again when the window is closed.
holdTheOnePhone(
  () =>
    runPhone({
      client,
      status: line.status,
      mirror: createDeskMirror(client.desk),
      openEar,
      makeDevice: twilioDevice,
      later(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    }),
  isOwnWindow && phoneWithoutMe(),
);
