import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { SetupError } from '#db/setup-error.ts'
import { installFromDebian, isDebian } from './debian.ts'
import { run } from './run.ts'
import type { Progress } from './step.ts'

/**
 * Chromium without a window. Without a graphics card, drawing a window costs a considerable share of the processor time
 * of a page.
 */
const headless = '/usr/bin/chromium-headless-shell'
const systemBrowsers = [headless, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The path of a Chromium for the journeys: the configured one, Debian's headless one, the system's, Playwright's, or
 * one downloaded now.
 */
export async function findChromium(progress: Progress): Promise<string> {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new SetupError(`CHROMIUM_PATH names ${named}, which does not exist: correct it or unset it.`)
  }
  if (isDebian() && !existsSync(headless)) await installFromDebian(progress, 'chromium-headless-shell')
  if (isDebian() && !presentBrowser()) await installFromDebian(progress, 'chromium')
  const present = presentBrowser()
  if (present) return present
  progress('fetching Chromium')
  const { code } = await run('playwright', ['install', 'chromium'], { onLine: (line) => progress(line.slice(0, 50)) })
  const fetched = presentBrowser()
  if (code === 0 && fetched) return fetched
  throw new SetupError(
    'No Chromium could be found or fetched: install one (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.',
  )
}

/** A Chromium that is there already. */
export function presentBrowser(): string | undefined {
  return [...systemBrowsers, chromium.executablePath()].find((path) => path && existsSync(path))
}
