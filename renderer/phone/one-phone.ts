const NAME = 'parley-phone';

/**
 * Runs the phone in one page of this browser at a time: two would ring at once. Whoever `outranks` takes it from
 * whichever page has it; all others wait for their turn, which comes when the page that has it is closed.
 */
export function holdTheOnePhone(run: () => () => void, outranks: boolean): void {
  if (navigator.locks === undefined) {
    run();
    return;
  }
  const hold = async (steal: boolean): Promise<void> => {
    let stop = () => {};
    try {
      await navigator.locks.request(NAME, { steal }, () => {
        stop = run();
        return new Promise<never>(() => {});
      });
    } catch {
      // Another page has taken it: this one is silent until it is its turn again.
      stop();
      await hold(false);
    }
  };
  void hold(outranks);
}
