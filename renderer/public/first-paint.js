// Runs before anything is drawn, so that a chosen theme never flashes the system's one first. It is a file of
// its own because no script may stand inside the page. `renderer/data/appearance.ts` writes what it reads.
try {
  const { theme, density } = JSON.parse(localStorage.getItem('parley.appearance') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (typeof density === 'string') document.documentElement.dataset.density = density;
} catch {
  // Without a memory of its own the page follows the system until the first hello.
}
