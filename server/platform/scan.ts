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
 * Passes untrusted bytes to the virus scanner in AV_COMMAND (for example `clamdscan --no-summary`), as a file whose
 * path is the last argument. Any exit code but 0 refuses them: a broken scanner must not let files pass.
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
