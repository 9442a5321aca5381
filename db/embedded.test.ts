import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removePostgres, startPostgres, startTemporaryPostgres } from './embedded.ts'

let folder: string
const start = () => startPostgres(folder, 'disposable')

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ihanoi-desk-embedded-test-'))
  chmodSync(folder, 0o755)
})
afterAll(async () => {
  await removePostgres(folder)
  rmSync(folder, { recursive: true, force: true })
})

test('the server is created once, keeps its data and listens on this machine only', async () => {
  const first = await start()
  const desk = postgres(await first.database('desk'), { max: 1 })
  await desk`create table kept as select 1 as one`
  const [listens] = await desk`select current_setting('listen_addresses') as addresses`
  expect(listens).toEqual({ addresses: '127.0.0.1' })
  await desk.end()
  expect(await first.stop()).toBe('stopped')

  const again = await start()
  const kept = postgres(await again.database('desk'), { max: 1 })
  expect(await kept`select one from kept`).toHaveLength(1)
  await kept.end()
  await again.stop()
})

test('only its owner may read the password', async () => {
  expect(statSync(join(folder, 'postgres-password')).mode & 0o777).toBe(0o600)
})

test('a second process joins; a process that stops while another uses the server leaves it running', async () => {
  const server = await start()
  const url = await server.database('desk')
  const joined = await start()
  expect(await joined.database('desk')).toBe(url)
  const other = postgres(url, { max: 1, connection: { application_name: 'another process' } })
  await other`select 1`
  expect(await joined.stop()).toBe('in use')
  await other.end()
  expect(await server.stop()).toBe('stopped')
})

test('a stale lock, whose process id now belongs to another program, does not prevent a start', async () => {
  writeFileSync(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n${folder}/postgres\n1700000000\n25000\n`)
  expect(await (await start()).stop()).toBe('stopped')
})

test('a server whose run was killed together with it is removed, and does not prevent a start', async () => {
  const { pid } = spawnSync('true')
  const left = join(tmpdir(), `ihanoi-desk-postgres-${pid}-killed`)
  mkdirSync(join(left, 'postgres'), { recursive: true })
  writeFileSync(join(left, 'postgres/postmaster.pid'), `${pid}\n${left}/postgres\n1700000000\n25000\n`)
  const server = await startTemporaryPostgres()
  expect(existsSync(left)).toBe(false)
  expect(await server.stop()).toBe('stopped')
})

test('a broken data folder is reported in one sentence that says what to do', async () => {
  const control = join(folder, 'postgres/global/pg_control')
  const whole = readFileSync(control)
  writeFileSync(control, Buffer.alloc(whole.byteLength))
  await expect(start()).rejects.toThrow(/is broken \(.+\): start afresh with: npm run demo -- --reset/)
  writeFileSync(control, whole)
  rmSync(join(folder, 'postgres/PG_VERSION'))
  await expect(start()).rejects.toThrow(/is not a database: start afresh/)
})
