import { powerMonitor, powerSaveBlocker } from 'electron';

type PowerEvent = 'suspend' | 'resume' | 'lock-screen';

/** Passes on what becomes of the machine. Waking up never dials: the kernel asks first. */
export function watchPower(
  tell: (event: PowerEvent) => Promise<void>,
  failed: (error: unknown) => void,
  switchedOff: () => void,
): void {
  powerMonitor.on('suspend', () => void tell('suspend').catch(failed));
  powerMonitor.on('resume', () => void tell('resume').catch(failed));
  powerMonitor.on('lock-screen', () => void tell('lock-screen').catch(failed));
  powerMonitor.on('shutdown', switchedOff);
}

/** Keeps the machine from falling asleep by itself while somebody works; the display may still go dark. */
export function keepAwake(): (isOn: boolean) => void {
  let blocker: number | null = null;
  return (isOn) => {
    if (isOn && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!isOn && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
