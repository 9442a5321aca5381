import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { dropMissingHints } from './missing-hints.ts'

async function built(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'build-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

test('takes out of the hints what was never written, and leaves the rest', async () => {
  const name = 'server/app/page/react-loadable-manifest.json'
  const files = ['static/chunks/gone.js', 'static/chunks/there.css']
  const folder = await built({ [name]: JSON.stringify({ 7: { id: 7, files } }), 'static/chunks/there.css': '' })
  await dropMissingHints(folder)
  const left = JSON.parse(await readFile(join(folder, name), 'utf8'))
  expect(left).toEqual({ 7: { id: 7, files: ['static/chunks/there.css'] } })
})
