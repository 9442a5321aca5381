import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { SetupError } from '#db/setup-error.ts'
import { run, runCommand } from './run.ts'
import type { Progress } from './step.ts'

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The path of a Chromium for the journeys: the one named, the system's, Playwright's own, or one fetched now. */
export async function findChromium(progress: Progress): Promise<string> {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new SetupError(`CHROMIUM_PATH names ${named}, which does not exist: correct it or unset it.`)
  }
  const present = presentBrowser()
  if (present) return present
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) await installFromDebian(progress)
  const installed = presentBrowser()
  if (installed) return installed
  progress('fetching Chromium')
  const { code } = await run('playwright', ['install', 'chromium'], { onLine: (line) => progress(line.slice(0, 50)) })
  const fetched = presentBrowser()
  if (code === 0 && fetched) return fetched
  throw new SetupError(
    'No Chromium could be found or fetched: install one (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.',
  )
}

function presentBrowser(): string | undefined {
  return [...systemBrowsers, chromium.executablePath()].find((path) => path && existsSync(path))
}

async function installFromDebian(progress: Progress): Promise<void> {
  const onLine = (line: string) => progress(line.slice(0, 50))
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    await runCommand('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, onLine })
  }
}
