import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { environment } from './environment.ts'
import { DomainError } from './errors.ts'
import { log } from './log.ts'
import { outsideLimits } from './rules/limits.ts'

const execute = promisify(execFile)

/**
 * Hands bytes from outside to the virus scanner that AV_COMMAND names (`clamdscan --no-summary`, say), as a file whose
 * path comes last. Anything but exit code 0 refuses them: a scanner that is out of order must not wave files through.
 * Without AV_COMMAND nothing is scanned.
 */
export async function scanForViruses(
  bytes: Uint8Array,
  command = environment().avCommand,
  seconds: number = outsideLimits.scan.seconds,
): Promise<void> {
  const [program, ...settings] = command?.trim().split(/\s+/) ?? []
  if (!program) return
  const folder = await mkdtemp(join(tmpdir(), 'ihanoi-desk-scan-'))
  try {
    const path = join(folder, 'upload')
    await writeFile(path, bytes, { mode: 0o644 })
    await execute(program, [...settings, path], { timeout: seconds * 1000, killSignal: 'SIGKILL' })
  } catch (error) {
    log.warn({ code: (error as { code?: unknown }).code }, 'the virus scanner refused a file')
    throw new DomainError('file_refused')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
