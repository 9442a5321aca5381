const asRoot = ['--no-sandbox']
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How Chromium is started for journeys and for tests of components. */
export const chromiumArguments = process.getuid?.() === 0 ? [...asRoot, ...quiet] : quiet
