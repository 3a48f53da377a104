import { expect, test } from 'vitest';
import { originOf, toAppHeader, toAppUrl, toBrowserHeader, toBrowserUrl } from './addresses.ts';

test('an app address goes to the browser and comes back the same', () => {
  for (const url of ['app://bundle/index.html?a=1#/calls', 'app://bundle/', 'parley://media/a%20b.wav']) {
    expect(toAppUrl(toBrowserUrl(url))).toBe(url);
  }
  expect(toBrowserUrl('app://bundle')).toBe('https://bundle.app.standin/');
});

test('addresses that Chromium knows are left alone', () => {
  for (const url of [
    'https://parley.example/x',
    'file:///tmp/a.html',
    'about:blank',
    'http://127.0.0.1:5173/',
  ]) {
    expect(toBrowserUrl(url)).toBe(url);
    expect(toAppUrl(url)).toBe(url);
  }
});

test('the origin of a page is told as Electron tells it', () => {
  expect(originOf('https://bundle.app.standin/index.html')).toBe('app://bundle');
  expect(originOf('file:///tmp/a.html')).toBe('file://');
  expect(originOf('about:blank')).toBe('null');
});

test('a content security policy speaks of the host the page really has', () => {
  const policy = "default-src 'self' app:; connect-src app://bundle https://api.example; img-src data:";
  expect(toBrowserHeader(policy, ['app'])).toBe(
    "default-src 'self' https://*.app.standin; connect-src https://bundle.app.standin https://api.example; img-src data:",
  );
});

test('a handler sees who asked by the app address', () => {
  expect(toAppHeader('https://bundle.app.standin/index.html')).toBe('app://bundle/index.html');
});
