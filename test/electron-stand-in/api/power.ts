import type * as Electron from 'electron';
import { type Shape, StrictEmitter, strict } from '../strict.ts';

class PowerMonitor extends StrictEmitter implements Shape<Electron.PowerMonitor> {
  /** Seconds without a key or the mouse; a test sets it. */
  _idleSeconds = 0;
  _locked = false;
  onBatteryPower = false;

  constructor() {
    super('powerMonitor');
  }
  getSystemIdleTime(): number {
    return this._idleSeconds;
  }
  getSystemIdleState(idleThreshold: number): ReturnType<Electron.PowerMonitor['getSystemIdleState']> {
    if (this._locked) return 'locked';
    return this._idleSeconds >= idleThreshold ? 'idle' : 'active';
  }
  getCurrentThermalState(): ReturnType<Electron.PowerMonitor['getCurrentThermalState']> {
    return 'unknown';
  }
  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
}

export const powerMonitor = new PowerMonitor();

let lastBlocker = 0;
const blockers = new Map<number, string>();

export const powerSaveBlocker = strict('powerSaveBlocker', {
  _blockers: blockers,
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    lastBlocker += 1;
    blockers.set(lastBlocker, type);
    return lastBlocker;
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
});
