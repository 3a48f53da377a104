import { expect, test } from 'vitest';
import {
  type Choices,
  type Device,
  SYSTEM_DEVICES,
  devicesFor,
  found,
  microphoneTrouble,
  whatTurned,
} from './devices.ts';

const device = (label: string, kind: Device['kind'], deviceId = label): Device => ({
  deviceId,
  groupId: `group of ${label}`,
  label,
  kind,
});
const headset = [device('Headset', 'audioinput', 'h1'), device('Headset', 'audiooutput', 'h2')];
const builtIn = [device('Built-in', 'audioinput'), device('Built-in', 'audiooutput')];
const all = [device('Default', 'audioinput', 'default'), ...headset, ...builtIn];
const wanted = { label: 'Headset', groupId: 'group of Headset' };
const choices: Choices = { ...SYSTEM_DEVICES, microphone: wanted };

test('each use is offered its own kind, and nothing twice', () => {
  expect(devicesFor('microphone', all).map(({ deviceId }) => deviceId)).toEqual(['h1', 'Built-in']);
  expect(devicesFor('ringer', all).map(({ label }) => label)).toEqual(['Headset', 'Built-in']);
});

test('a device is known again by its name when the browser has given it a new id', () => {
  const again = [{ ...headset[0]!, deviceId: 'new', groupId: 'other' }, ...builtIn];
  expect(found('microphone', wanted, again)?.deviceId).toBe('new');
  expect(found('speaker', wanted, builtIn)).toBeNull();
});

test('a headset that is pulled out is told, with what takes its place, and so is its return', () => {
  expect(whatTurned(choices, all, builtIn)).toEqual([
    'Microphone lost: Headset. The one the system uses takes its place until it is back.',
  ]);
  expect(whatTurned(choices, builtIn, all)).toEqual(['The microphone is back: Headset is used again.']);
  expect(whatTurned(choices, all, all)).toEqual([]);
});

test('the last microphone that goes is told even where none was chosen', () => {
  expect(whatTurned(SYSTEM_DEVICES, builtIn, [builtIn[1]!])).toEqual([
    'Microphone lost. Nobody can hear you until one is plugged in.',
  ]);
});

test('a refused microphone stops a session whose voices go through this page, and no other', () => {
  expect(microphoneTrouble('nowhere', 'refused')).toBeNull();
  expect(microphoneTrouble('this-page', 'refused')).toMatchObject({
    isInTheWay: true,
    sentence: expect.stringMatching(/refused.*live calls do not/) as string,
  });
  expect(microphoneTrouble('this-page', 'none')?.isInTheWay).toBe(true);
  expect(microphoneTrouble('own-phone', 'none')).toMatchObject({
    isInTheWay: false,
    sentence: expect.stringMatching(/phone of your own/) as string,
  });
  expect(microphoneTrouble('this-page', 'granted')).toBeNull();
});
