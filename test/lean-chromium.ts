/**
 * Switches for a Chromium that nobody looks at. Each of its windows draws a toolbar of pages of its own behind the
 * scenes (the pop-ups of the address field), and that costs a processor as much as a small screen of Parley.
 */
export const LEAN_SWITCHES: readonly string[] = [
  '--disable-gpu',
  // Only the last list of features counts, so that what Playwright turns off is named once more.
  `--disable-features=${[
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'WebUIOmniboxFullPopup',
    'PreloadTopChromeWebUI',
    'AimEnabled',
    'AvoidCorsURLLoaderRestartOnRedirect',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsFirstBalancedModeAutoEnable',
    'HttpsUpgrades',
    'LensOverlay',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
    'PreconnectToSearch',
    'ThirdPartyStoragePartitioning',
  ].join(',')}`,
];
