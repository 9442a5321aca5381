import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { unique } from '#db/factories/unique.ts'
import { answerPhotos, reportAnswers, reportPhotos, reports, webhookDeliveries } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hashOfToken, issueCitizenLink } from '#server/citizen-links/links.ts'
import { pageFacts } from '#server/citizen-links/queries/page.ts'
import { linkCookie } from '#server/citizen-links/rules/form-state.ts'
import { citizenPage } from '#server/citizen-links/rules/page.ts'
import { planDeliveries } from '#server/deliveries/commands/plan-deliveries.ts'
import { sendDeliveries } from '#server/deliveries/commands/send-deliveries.ts'
import { openGatewayServer } from '#server/deliveries/testing/gateway-server.ts'
import { buildGateway } from '#server/deliveries/testing/gateways.ts'
import { doors, openDoors, pageDoors, programDoors } from '#server/doors.ts'
import { recordEvent } from '#server/events/commands.ts'
import { environment } from '#server/platform/environment.ts'
import { fold } from '#server/platform/rules/text.ts'
import { storePhoto } from '#server/reports/commands/store-photo.ts'
import { operationIds, operationOf, restPath } from '#server/rest/rules/operations.ts'
import {
  all,
  buildPlanted,
  type Field,
  fields,
  type Kind,
  kindNames,
  type Onlooker,
  plant,
} from '#server/trpc/testing/planted.ts'
import { createWebhook } from '#server/webhooks/commands/keep-webhooks.ts'
import { prepareDeliveries } from '#server/webhooks/commands/prepare.ts'
import { toldEvents, webhookKinds } from '#server/webhooks/rules/kinds.ts'
import { createDeskServer } from '../desk-server.ts'

/** External viewers: everyone, a program that sent another report, the program that sent this one. */
export const viewers = ['everyone', 'stranger', 'sender'] as const
export type Viewer = (typeof viewers)[number]

type Answer = { status: number; bytes: Buffer }
export type Scene = {
  db: Database
  reportId: number
  code: string
  /** Photos with planted metadata, as they were uploaded: the sender's, and the proof of the answer. */
  photo: { fileId: string; original: Buffer }
  proof: { fileId: string; original: Buffer }
  point: { lon: number; lat: number }
  incidentId: string
  reviewer: Onlooker
  senderId: string
  now: Date
  get: (path: string, viewer: Viewer, headers?: Record<string, string>) => Promise<Answer>
}

/** A route by which data leaves the desk. */
type Entrance = {
  name: string
  /** All bytes that leave for this viewer. */
  leaving: (scene: Scene, viewer: Viewer) => Promise<Buffer[]>
  /** The data that each viewer may see: reporters' own words, and the answer. */
  shows?: Partial<Record<Viewer, readonly Field[]>>
}

/** An entrance over HTTP: each answer with its headers, and the content of every address of the desk in it. */
const read = (name: string, paths: (scene: Scene) => readonly string[], shows: Entrance['shows'] = {}): Entrance => ({
  name,
  shows,
  leaving: async (scene, viewer) => {
    const asked = new Set(paths(scene))
    const answers: Buffer[] = []
    for (const path of asked) {
      const { bytes } = await scene.get(path, viewer)
      answers.push(bytes)
      for (const [, named] of bytes.toString().matchAll(/"(?:media_)?url":\s*"https?:\/\/[^/"]+([^"]+)"/g)) {
        if (named) asked.add(named)
      }
    }
    return answers
  },
})

/** The bodies of all deliveries about this report to a webhook of the whole city. */
async function sentToWebhooks({ db, reportId, now }: Scene): Promise<Buffer[]> {
  const ctx = { db, actor: await buildActor(db, 'admin'), now: () => now }
  const settings = { name: unique('Đối tác'), address: 'https://hook.example/', agencyId: null, clientId: null }
  const { id } = await createWebhook(ctx, { ...settings, kinds: [...webhookKinds] })
  const told = toldEvents.filter((event) => event.startsWith('report.'))
  await recordEvent(db, ctx, ...told.map((event) => ({ event, subject: { kind: 'report' as const, id: reportId } })))
  await prepareDeliveries(ctx)
  const rows = await db.select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, id))
  if (rows.length < told.length) throw new Error('not every event was told')
  return rows.map(({ body }) => Buffer.from(body))
}

/** All data from which the citizen's page is rendered, with the photos that it serves. */
export async function shownToSender({ db, reportId, code, get, photo, proof }: Scene): Promise<Buffer[]> {
  // The server has the time of the machine.
  const now = new Date()
  const path = await issueCitizenLink(db, reportId, { now })
  const token = new URL(path, 'http://desk').searchParams.get('t') ?? ''
  const facts = await pageFacts(db, { hash: hashOfToken(token), code, now })
  if (!facts) throw new Error('there is no page')
  const shown = citizenPage(facts, reportId, now)
  const cookie = `${linkCookie}=${token}`
  const photos: Buffer[] = []
  for (const { fileId } of [photo, proof]) {
    const { status, bytes } = await get(`/phan-anh/${code}/anh/${fileId}.jpg`, 'everyone', { cookie })
    const isTold = shown.answers.some(({ photoIds }) => photoIds.includes(fileId))
    if ((status === 200) !== isTold) throw new Error(`${status} for a photo of the page`)
    photos.push(bytes)
  }
  return [Buffer.from(JSON.stringify(shown)), ...photos]
}

/** The messages that the provider of short messages gets for this report when it is answered. */
async function sentToReporter({ db, reportId, now }: Scene): Promise<Buffer[]> {
  const provider = await openGatewayServer()
  const ctx = { db, actor: robot, now: () => now }
  const { id } = await buildGateway(db, { kind: 'sms', address: provider.address })
  const told = { event: 'report.answer_sent', details: { kind: 'answer' } } as const
  await recordEvent(db, ctx, { ...told, subject: { kind: 'report', id: reportId } })
  await planDeliveries(ctx)
  const calls = { internal: ['127.0.0.1'], totalSeconds: 1, silenceSeconds: 1 }
  await sendDeliveries(ctx, id, { mail: undefined, appUrl: new URL('https://desk.example'), calls })
  await provider.close()
  if (provider.received.length === 0) throw new Error('nothing was sent')
  return provider.received.map(({ headers, path, body }) => Buffer.from(path + JSON.stringify(headers) + body))
}

const inBothFormats = (paths: readonly string[]) =>
  paths.flatMap((path) => {
    const [address, query] = path.split('?')
    return ['json', 'xml'].map((format) => `/open311/${address}.${format}${query ? `?${query}` : ''}`)
  })

/** Every address of the table of operations that is read, so that none can be forgotten. */
function restAddresses({ code, photo, proof }: Scene): string[] {
  const named = operationIds.map(operationOf).flatMap(({ method, path }) => (method === 'GET' ? [path] : []))
  const values = { code: [code, 'none'], photo: [photo.fileId, proof.fileId], name: ['none'] }
  const filled = Object.entries(values).reduce(
    (paths, [name, each]) =>
      paths.flatMap((path) =>
        path.includes(`{${name}}`) ? each.map((value) => path.replace(`{${name}}`, value)) : [path],
      ),
    named,
  )
  return [...filled, '/reports?state=in_progress', '/usage/2026-03-02'].map((path) => `${restPath}${path}`)
}

/** Every route by which data leaves the desk without a sign-in must be in this list. */
export const entrances: readonly Entrance[] = [
  read(
    'Open311',
    ({ code, photo }) => [
      ...inBothFormats(['discovery', 'v2/discovery', 'v2/services', 'v2/servicerequestupdates']),
      ...inBothFormats(['v2/requests', `v2/requests?service_request_id=${code}`, 'v2/requests?status=open']),
      ...inBothFormats(['v2/requests?start_date=2026-03-01T00:00:00Z&end_date=2026-03-05T00:00:00Z']),
      ...inBothFormats([`v2/requests/${code}`, `v2/tokens/${code}`, 'v2/requests/none', 'v2/tokens/none']),
      ...inBothFormats([`v2/servicerequestupdates?service_request_id=${code}`]),
      `/open311/v2/requests/${code}/photos/${photo.fileId}.jpg`,
    ],
    { sender: ['body', 'address', 'answer'] },
  ),
  // The interface does not return the reporter's words, because the sender has them.
  read('REST', restAddresses, { sender: ['answer'] }),
  read('bulletins', () => [
    ...['/ban-tin', '/en/ban-tin', '/ban-tin/none', '/ban-tin/none/chia-se-feed.png', '/ban-tin/xem-truoc/none'],
    ...['atom', 'rss', 'json'].map((format) => `/feeds/bulletins.${format}`),
    ...['atom', 'geojson', 'pem'].map((format) => `/feeds/alerts.${format}`),
  ]),
  read('published photos', ({ code, photo, proof }) =>
    [photo, proof].map(({ fileId }) => `/anh-phan-anh/${code}/${fileId}.jpg`),
  ),
  read('citizen links', ({ code, photo, proof }) => [
    ...['/phan-anh', `/phan-anh/${code}`, `/phan-anh/${code}?t=${'x'.repeat(24)}`],
    ...[photo, proof].map(({ fileId }) => `/phan-anh/${code}/anh/${fileId}.jpg`),
  ]),
  read('health', () => ['/api/health', '/api/health/ready']),
  {
    name: 'webhooks',
    leaving: (scene, viewer) => (viewer === 'everyone' ? sentToWebhooks(scene) : Promise.resolve([])),
  },
  {
    name: 'page of the sender',
    leaving: (scene, viewer) => (viewer === 'everyone' ? shownToSender(scene) : Promise.resolve([])),
    // Reporters see their answer. Until the copy is reviewed, rules alone mask the title.
    shows: { everyone: ['title', 'answer'] },
  },
  {
    name: 'deliveries',
    leaving: (scene, viewer) => (viewer === 'everyone' ? sentToReporter(scene) : Promise.resolve([])),
    // The message is addressed to the number.
    shows: { everyone: ['reporterPhone'] },
  },
  read('files of staff', ({ photo, code, incidentId }) => [
    ...['thumb', 'public', 'original'].map((form) => `/api/photos/${photo.fileId}/${form}`),
    ...['reports.csv', 'after-action.json'].map((file) => `/api/incidents/${incidentId}/${file}`),
    ...['reports/export', 'bulk/failures', 'disclosures/export', 'insights/export'].map((path) => `/api/${path}`),
    ...['areas.geojson', 'area-names.geojson', 'schematic.geojson', 'streets.pmtiles', 'settings.json'].map(
      (path) => `/api/map/${path}`,
    ),
    `/api/trpc/reports.byCode?input=${encodeURIComponent(JSON.stringify({ code }))}`,
  ]),
]

const point = { lon: 105.861245, lat: 20.998734 }
const folder = mkdtempSync(join(tmpdir(), 'planted-'))
process.env.FILES_DIR = folder

/** The server of the desk with all of its entrances. */
export const test = databaseTest.extend('origin', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  if (databaseUrl !== process.env.DATABASE_URL || environment().filesFolder !== folder) throw new Error('another desk')
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors,
    openDoors,
    pageDoors,
    programDoors,
    pages: (_request, response) => response.writeHead(404).end('page'),
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

/** A report with personal data in its texts, fields and contacts, and a photo with personal data in its metadata. */
export async function buildScene(db: Database, origin: string): Promise<Scene> {
  const planted = await buildPlanted(db)
  const [sender, stranger] = [await buildApiClient(db), await buildApiClient(db)]
  const keys: Record<Viewer, string | null> = { everyone: null, stranger: stranger.key, sender: sender.key }
  const { reportId, incidentId, now, onlookers } = planted
  const [report] = await db
    .update(reports)
    .set({
      ...point,
      title: `Cây đổ. ${saidIn('title')}`,
      body: saidIn('body'),
      address: `Phố Lò Đúc. ${saidIn('address')}`,
    })
    .where(eq(reports.id, reportId))
    .returning({ code: reports.code })
  const reviewer = onlookers.find(({ name }) => name === 'own approver')
  if (!report || !reviewer) throw new Error('nothing to review')
  const acting = { db, actor: robot, now: () => now, requestId: 'planted', ip: null }
  const hang = async (kind: 'citizen' | 'proof', width: number) => {
    const original = await photoWith(all('photoName'), width)
    const { fileId } = await storePhoto(acting, 'report_photo', original)
    await db.insert(reportPhotos).values({ reportId, fileId, kind, name: all('photoName'), addedAt: now, position: -1 })
    return { fileId, original }
  }
  const [photo, proof] = [await hang('citizen', 320), await hang('proof', 330)]
  const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, reportId))
  await db.insert(answerPhotos).values({ answerId: answer?.id ?? '', fileId: proof.fileId })
  const get: Scene['get'] = async (path, viewer, headers) => {
    const key = keys[viewer]
    const response = await fetch(`${origin}${path}`, {
      headers: { ...(key && { 'x-api-key': key }), ...headers },
      redirect: 'manual',
    })
    const head = JSON.stringify([...response.headers])
    return {
      status: response.status,
      bytes: Buffer.concat([Buffer.from(head), Buffer.from(await response.arrayBuffer())]),
    }
  }
  return {
    db,
    reportId,
    code: report.code,
    photo,
    proof,
    point,
    incidentId,
    reviewer,
    senderId: sender.id,
    now,
    get,
  }
}

/** A text that contains all fourteen kinds, written as citizens write. */
function saidIn(field: Field): string {
  const p = (kind: Kind) => plant(field, kind)
  return `Tôi là ${p('name')}, điện thoại ${p('mobile')}, máy bàn ${p('landline')}, số ${p('international')}, thư
${p('email')}, nhà tôi ở ${p('homeAddress')}, CCCD ${p('identityNumber')}, xe ${p('plate')}, stk ${p('bankAccount')}, bị
${p('health')}, gặp anh ${p('thirdPerson')}. ${unknownToRules.map(p).join('; ')}`.replaceAll('\n', ' ')
}

/** Kinds that no rule detects and the reviewer has to remove. */
export const unknownToRules = ['place', 'networkAddress', 'birthDate'] as const satisfies readonly Kind[]

const photoWith = (words: string, width: number) =>
  sharp({ create: { width, height: 240, channels: 3, background: '#5a7d5a' } })
    .withExif({
      IFD0: { ImageDescription: words, Artist: words, Copyright: words },
      IFD3: { GPSLatitude: '20/1 59/1 92/1' },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><d>${words}</d></x:xmpmeta>`)
    .jpeg()
    .toBuffer()

/** The planted data in these bytes in any notation: escaped, encoded, decomposed, without accents, grouped. */
export function plantsLeaving(bytes: Buffer): string[] {
  const plain = new Set([bytes.toString(), bytes.toString('utf16le'), bytes.toString('latin1')])
  for (const text of [...plain]) plain.add(unescaped(text))
  const texts = [...plain].map((text) => fold(text.normalize('NFC')))
  const runs = texts.map((text) => text.replace(/[\s.()-]/g, ''))
  return fields.flatMap((field) =>
    kindNames
      .filter((kind) => {
        const sought = fold(plant(field, kind).normalize('NFC'))
        const run = sought.replace(/[\s.()-]/g, '')
        return texts.some((text) => text.includes(sought)) || runs.some((text) => text.includes(run))
      })
      .map((kind) => `${kind} of ${field}`),
  )
}

function unescaped(text: string): string {
  const code = (digits: string, base: number) => {
    const point = Number.parseInt(digits, base)
    return point <= 0x10ffff ? String.fromCodePoint(point) : ''
  }
  return text
    .replace(/\\u([\da-f]{4})/gi, (_, digits: string) => code(digits, 16))
    .replace(/&#x([\da-f]+);/gi, (_, digits: string) => code(digits, 16))
    .replace(/&#(\d+);/g, (_, digits: string) => code(digits, 10))
    .replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
    .replace(/(?:=[\dA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString())
}
