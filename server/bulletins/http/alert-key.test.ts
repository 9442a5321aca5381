import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'

/** A production desk, before and after its key is restored. Each answer is a line of the output. */
const script = `
import { writeFileSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { createDeskServer } from '#server/http/desk-server.ts'
import { handleAlertKey } from '#server/bulletins/http/alert-key.ts'
import { handleFeeds } from '#server/bulletins/http/feeds.ts'
const server = createDeskServer({
  files: (_request, _response, otherwise) => otherwise(),
  environment: { trustedProxies: [], appUrl: undefined },
  doors: [],
  openDoors: [handleAlertKey, handleFeeds],
  pages: (_request, response) => response.end('page'),
})
await new Promise((settle) => server.listen(0, '127.0.0.1', settle))
const origin = 'http://127.0.0.1:' + server.address().port
async function ask(path) {
  const answer = await fetch(origin + path)
  const { status, headers } = answer
  const told = { path, status, text: await answer.text(), retry: headers.get('retry-after'), kept: headers.get('cache-control') }
  console.log(JSON.stringify({ told }))
}
const paths = process.env.PATHS.split(' ')
for (const path of paths) await ask(path)
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
writeFileSync(process.env.CAP_KEY_FILE, privateKey.export({ type: 'pkcs8', format: 'pem' }))
for (const path of paths) await ask(path)
process.exit()`

test('without a key no alert is served: readers are asked to retry later, and the log says what to set', async ({
  db,
  databaseUrl,
}) => {
  const { editor, chief } = await buildNewsroom(db)
  const content = contentOf('Gió giật trên cầu', { areaIds: [(await buildArea(db)).id], alert: alertPanelOf() })
  const built = await buildBulletin(db, { state: 'approved', content, authorId: editor.id, approvedById: chief.id })
  await publishBulletin(actingAt(db, chief, '09:00'), { id: built.id, version: 1, acknowledged: [] })
  const [alert] = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, built.id))
  const folder = mkdtempSync(join(tmpdir(), 'no-key-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const paths = [`/feeds/alerts/${alert?.id}.xml`, '/feeds/alerts.pem', '/feeds/alerts.atom', '/feeds/alerts/none.xml']
  const keyFile = join(folder, 'key.pem')
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname, '../../..'),
    env: {
      ...process.env,
      ...{ NODE_ENV: 'production', DEMO: 'off', DATABASE_URL: databaseUrl, CAP_KEY_FILE: keyFile },
      ...{ APP_URL: 'http://desk.example', AUTH_SECRET: '0123456789abcdef0123456789abcdef' },
      ...{ LOG_LEVEL: 'info', PATHS: paths.join(' ') },
    },
    encoding: 'utf8',
    timeout: 60_000,
  })
  const lines = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
  const told = lines.flatMap((line) => line.told ?? [])
  expect(told.map(({ status }) => status)).toEqual([503, 503, 200, 404, 200, 200, 200, 404])
  for (const { text, retry, kept } of told.slice(0, 2)) {
    expect([text, retry, kept]).toEqual([expect.stringContaining('cannot be signed'), '60', 'no-store'])
    expect(text).not.toContain(folder)
  }
  expect(told[4].text).toContain('SignatureValue')
  const alarms = lines.filter((line) => line.alarm === 'no_alert_key')
  expect(alarms).toHaveLength(2)
  for (const { msg } of alarms) expect(msg).toMatch(/CAP_KEY_FILE: .*key\.pem.*openssl genpkey/)
})
