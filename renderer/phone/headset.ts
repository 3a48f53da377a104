/** What the buttons of a headset ask for. */
export interface HeadsetWishes {
  hangUp(): void;
  toggleMute(): void;
}

/** Hears the buttons of a headset while a call is on, where the browser passes them on. */
export function hearHeadset({ hangUp, toggleMute }: HeadsetWishes): () => void {
  const stops = [bind('hangup', hangUp), bind('togglemicrophone', toggleMute)];
  return () => stops.forEach((stop) => stop());
}

/** The light on the headset follows the screen. */
export function showMuted(isMuted: boolean): void {
  const light = async () => navigator.mediaSession.setMicrophoneActive(!isMuted);
  // A headset without a light, or a browser that has none to tell.
  light().catch(() => {});
}

type CallAction = 'hangup' | 'togglemicrophone';
/** Browsers know these two for longer than their types do. */
type CallButtons = { setActionHandler(action: CallAction, handler: (() => void) | null): void };

function bind(action: CallAction, run: () => void): () => void {
  try {
    const buttons = navigator.mediaSession as unknown as CallButtons;
    buttons.setActionHandler(action, run);
    return () => buttons.setActionHandler(action, null);
  } catch {
    // A browser that knows no such button passes none on.
    return () => {};
  }
}
